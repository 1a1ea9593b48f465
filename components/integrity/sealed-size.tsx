'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

/** The sealer works every second; once it is late, asking more often doesn't help. */
const MIN_WAIT_MS = 1000
const MAX_WAIT_MS = 10_000

const SealedSizeContext = createContext({ size: 0, await: (_seq: number) => {} })

type Props = {
  /** The size of the tree when the page was read. */
  size: number
  /** Where its size is now. */
  href: string
  children: ReactNode
}

/** Knows how far the trail is sealed, and looks again while something that is shown is not. */
export function SealedSizeProvider({ size: read, href, children }: Props) {
  const [polled, setPolled] = useState(0)
  const [awaited, setAwaited] = useState(-1)
  const size = Math.max(read, polled)

  useEffect(() => {
    if (awaited < size) return
    const left = new AbortController()
    let waitMs = MIN_WAIT_MS
    let timer: ReturnType<typeof setTimeout>
    async function look() {
      if (!document.hidden) setPolled(await fetchSize(href, left.signal))
      waitMs = Math.min(MAX_WAIT_MS, waitMs * 1.5)
      if (!left.signal.aborted) timer = setTimeout(look, waitMs)
    }
    timer = setTimeout(look, waitMs)
    return () => {
      left.abort()
      clearTimeout(timer)
    }
  }, [awaited, size, href])

  const [wait] = useState(() => (seq: number) => setAwaited((before) => Math.max(before, seq)))
  return <SealedSizeContext value={{ size, await: wait }}>{children}</SealedSizeContext>
}

/** 0 where it can't be told: the page goes on with what it has, and asks again. */
async function fetchSize(href: string, signal: AbortSignal): Promise<number> {
  const answer = await fetch(href, { signal }).catch(() => undefined)
  if (!answer?.ok) return 0
  const body: unknown = await answer.json().catch(() => undefined)
  const size = body && typeof body === 'object' && 'size' in body ? body.size : 0
  return typeof size === 'number' ? size : 0
}

/** Whether the event is under a signed checkpoint by now. */
export function useIsSealed(seq: number): boolean {
  const { size, await: wait } = useContext(SealedSizeContext)
  const isSealed = seq < size
  useEffect(() => {
    if (!isSealed) wait(seq)
  }, [isSealed, seq, wait])
  return isSealed
}
