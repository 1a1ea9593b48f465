'use client'

import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { MessagePage } from './message-page'

/** What a person sees when we failed: that nothing is lost, what to do, and what to tell the operator. */
export function ErrorMessage({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  return (
    <MessagePage
      title="This page could not be shown"
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <LinkButton href="/">Go to the start</LinkButton>
        </>
      }
    >
      <p>Something failed on our side. Events that were acknowledged are kept; nothing of them is lost.</p>
      {reference && (
        <p className="mt-3">
          When you report it, mention the reference{' '}
          <code className="literal rounded-sm bg-sunken px-1 py-0.5 text-ink">{reference}</code>
        </p>
      )}
    </MessagePage>
  )
}
