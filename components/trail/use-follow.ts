'use client'

import { useEffect, useRef, useState } from 'react'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'

/** Often enough to feel live; a burst is one drawing, not a hundred. */
const FLUSH_MS = 300
/** Between tries after the server refused: it restarts within seconds, and a refusal may last. */
const MIN_RETRY_MS = 1000
const MAX_RETRY_MS = 30_000
/** So many tries in a row that it is more than a restart. */
const TRIES_BEFORE_REFUSED = 5

export type Connection = 'connecting' | 'open' | 'lost' | 'refused'

/** `matched` is there where the stream was asked for it. */
type FollowedEvent = StoredEvent & { matched?: MatchedEvent }

type Options = {
  /** The stream's address with its filter, ending where a parameter may follow. */
  url: string
  /** The newest seq that the reader has, -1 for none. */
  after: number
  /** Gets what arrived since the last call, oldest first, a few times a second at most. */
  onEvents: (events: FollowedEvent[]) => void
}

/** Keeps a stream of new events open: across lost connections and restarts, without losing or doubling one. */
export function useFollow({ url, after, onEvents }: Options): Connection {
  const [connection, setConnection] = useState<Connection>('connecting')
  const receive = useRef(onEvents)
  useEffect(() => {
    receive.current = onEvents
  })
  const start = useRef(after)

  useEffect(() => {
    let source: EventSource
    let retry: ReturnType<typeof setTimeout>
    let flush: ReturnType<typeof setTimeout> | undefined
    let tries = 0
    let last = String(start.current)
    let arrived: FollowedEvent[] = []

    function deliver() {
      flush = undefined
      receive.current(arrived.splice(0))
    }
    function take({ data, lastEventId }: MessageEvent<string>) {
      if (lastEventId) last = lastEventId
      arrived = [...arrived, JSON.parse(data)]
      flush ??= setTimeout(deliver, FLUSH_MS)
    }
    function connect() {
      source = new EventSource(`${url}&after=${last}`)
      source.onopen = () => {
        tries = 0
        setConnection('open')
      }
      source.onmessage = take
      // Sent when nothing matched for a while: a later connection need not look there again.
      source.addEventListener('position', ({ lastEventId }) => {
        if (lastEventId) last = lastEventId
      })
      source.onerror = () => {
        tries += 1
        setConnection(tries > TRIES_BEFORE_REFUSED ? 'refused' : 'lost')
        // Otherwise the browser tries again by itself; after an answer other than 200 it doesn't.
        if (source.readyState !== EventSource.CLOSED) return
        retry = setTimeout(connect, Math.min(MAX_RETRY_MS, MIN_RETRY_MS * 2 ** (tries - 1)))
      }
    }
    connect()
    return () => {
      source.close()
      clearTimeout(retry)
      clearTimeout(flush)
    }
  }, [url])
  return connection
}
