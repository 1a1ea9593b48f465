'use client'

import { ActDialog } from '@/components/form/act-dialog'
import { ReasonField } from '@/components/integrity/reason-field'
import { Button } from '@/components/ui/button'
import { visibleText } from '@/components/ui/visible-text'
import type { FormAction } from '@/lib/errors/form-state'

type Props = { id: string; reason: string; release: FormAction<void> }

export function ReleaseHoldButton({ id, reason, release }: Props) {
  return (
    <ActDialog
      title="Release this legal hold?"
      description={
        <>
          “<span className="wrap-anywhere">{visibleText(reason)}</span>”. Retention and erasures that waited
          go on, and what they take is gone for ever.
        </>
      }
      trigger={
        <Button size="sm" variant="danger">
          Release
        </Button>
      }
      confirm="Release hold"
      pendingLabel="Releasing …"
      isDanger
      action={release}
      done={() => 'The legal hold is released'}
    >
      {({ errors, values }) => (
        <>
          <input type="hidden" name="id" value={id} />
          <ReasonField error={errors.reason} value={values.reason} hint="It stands in the trail." />
        </>
      )}
    </ActDialog>
  )
}
