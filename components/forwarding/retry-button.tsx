'use client'

import { RefreshCw } from 'lucide-react'
import type { FormAction } from '@/lib/errors/form-state'
import { IdActionButton } from './id-action-button'

type Props = {
  id: string
  retry: FormAction<void>
  /** Nothing failed: what is collected goes before its time. */
  isEarly?: boolean
}

/** Does not wait for the next try. */
export function RetryButton({ id, retry, isEarly = false }: Props) {
  return (
    <IdActionButton
      id={id}
      action={retry}
      pendingLabel={isEarly ? 'Sending …' : 'Trying …'}
      done={isEarly ? 'It is sent now' : 'It is tried again now'}
    >
      <RefreshCw aria-hidden />
      {isEarly ? 'Send now' : 'Retry now'}
    </IdActionButton>
  )
}
