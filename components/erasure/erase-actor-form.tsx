'use client'

import { ActDialog } from '@/components/form/act-dialog'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import type { FormAction } from '@/lib/errors/form-state'
import { ErasureReason } from './erasure-reason'

type Props = { names: readonly string[]; action: FormAction<never> }

/** The last question before somebody is erased from the whole trail. */
export function EraseActorForm({ names, action }: Props) {
  return (
    <ActDialog
      title="Erase everything about this actor?"
      description="From all events that are there now. What was done, when, and with which result stays, and stays provable. This cannot be undone, by nobody."
      trigger={<Button variant="danger">Erase everything about this actor …</Button>}
      confirm="Erase everything"
      pendingLabel="Beginning …"
      isDanger
      mustType={names[0] ?? ''}
      action={action}
      done={() => 'The erasure has begun'}
    >
      {({ errors, values }) => (
        <>
          {names.map((name) => (
            <input key={name} type="hidden" name="actor[]" value={name} />
          ))}
          <Checkbox
            name="mentions"
            value="on"
            defaultChecked
            label="Also where they are only mentioned"
            hint="Messages, data and other values in which one of the names stands, are erased whole."
          />
          {/* Says no where the box is not checked: of two fields with one name the first counts. */}
          <input type="hidden" name="mentions" value="off" />
          <ErasureReason errors={errors} values={values} />
        </>
      )}
    </ActDialog>
  )
}
