'use client'

import { ActDialog } from '@/components/form/act-dialog'
import { Button } from '@/components/ui/button'
import type { FormAction } from '@/lib/errors/form-state'
import { ReasonField } from './reason-field'

export function OpenEpochButton({ slug, open }: { slug: string; open: FormAction<void> }) {
  return (
    <ActDialog
      title="Open a new epoch?"
      description={
        <>
          The log closes under its name and goes on under another, with another key. Its last checkpoint stays
          readable, and the new epoch names it, but the two are not tied by a proof: whoever pinned the old
          key has to learn why, and pin the new one. This cannot be undone.
        </>
      }
      trigger={<Button variant="danger">Open a new epoch</Button>}
      confirm="Open a new epoch"
      pendingLabel="Asking …"
      isDanger
      mustType={slug}
      action={open}
      done={() => 'The sealer opens the epoch within seconds'}
    >
      {({ errors, values }) => (
        <ReasonField
          error={errors.reason}
          value={values.reason}
          hint="What happened, for everybody who checks. It stands in the trail for ever."
        />
      )}
    </ActDialog>
  )
}
