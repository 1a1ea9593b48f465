'use client'

import { RefreshCw } from 'lucide-react'
import type { FormAction } from '@/lib/errors/form-state'
import { IdActionButton } from './id-action-button'

/** Does not wait for the next try. */
export function RetryButton({ id, retry }: { id: string; retry: FormAction<void> }) {
  return (
    <IdActionButton id={id} action={retry} pendingLabel="Trying …" done="It is tried again now">
      <RefreshCw aria-hidden />
      Retry now
    </IdActionButton>
  )
}
