'use client'

import { useRouter } from 'next/navigation'
import { Component, type ReactNode } from 'react'
import { Button } from './button'
import { Notice } from './notice'

type Props = { what: string; children: ReactNode }

/** A part of a page that may fail alone: says so in its place, with what to tell the operator. */
export class PartBoundary extends Component<Props, { error: unknown }> {
  override state = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <Failure what={this.props.what} error={error} retry={() => this.setState({ error: undefined })} />
  }
}

function Failure({ what, error, retry }: { what: string; error: unknown; retry: () => void }) {
  const router = useRouter()
  const reference = typeof error === 'object' && error && 'digest' in error ? String(error.digest) : undefined
  return (
    <Notice kind="error" title={`${what} could not be shown`}>
      <p className="mb-2 text-quiet">
        Something failed on our side.
        {reference && (
          <>
            {' '}
            When you report it, mention the reference <code className="literal">{reference}</code>
          </>
        )}
      </p>
      <Button
        size="sm"
        onClick={() => {
          router.refresh()
          retry()
        }}
      >
        Try again
      </Button>
    </Notice>
  )
}
