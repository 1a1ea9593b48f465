'use client'

import { Check } from 'lucide-react'
import { ActButton } from '@/components/collection/act-button'
import { ActDialog } from '@/components/form/act-dialog'
import { Button } from '@/components/ui/button'
import type { FormAction } from '@/lib/errors/form-state'
import type { EntityType } from '@/lib/ledger/entity-types'
import { amountOf } from './import-words'

type Props = {
  id: string
  type: EntityType
  asks: { removed: number; of: number } | null
  apply: FormAction<void>
}

const DONE = 'The import is applied'

/** Applies what was shown. Where more than a tenth would go, how many is to be typed first. */
export function ApplyButton({ id, type, asks, apply }: Props) {
  const label = (
    <>
      <Check aria-hidden />
      Apply import
    </>
  )
  if (!asks)
    return (
      <ActButton action={apply} fields={{ id }} variant="primary" pendingLabel="Applying …" done={DONE}>
        {label}
      </ActButton>
    )
  return (
    <ActDialog
      title={`Remove ${asks.removed.toLocaleString('en')} of ${amountOf(type, asks.of)}?`}
      description="That is more than a tenth. A file that was cut off, or has only a part of them, would do this too."
      trigger={<Button variant="primary">{label}</Button>}
      action={apply}
      confirm="Apply import"
      pendingLabel="Applying …"
      isDanger
      mustType={String(asks.removed)}
      done={() => DONE}
    >
      {() => (
        <>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="confirmRemoved" value={asks.removed} />
        </>
      )}
    </ActDialog>
  )
}
