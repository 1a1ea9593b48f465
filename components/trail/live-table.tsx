'use client'

import { ArrowUp, Radio } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { putOnTop } from './live-rows'
import { type TrailRow, toTrailRow } from './trail-row'
import { TrailTable, type TrailTableProps } from './trail-table'
import { type Connection, useFollow } from './use-follow'

/** How soon new events show once the reader is back at the top with nothing selected. */
const LOOK_MS = 500

type Props = TrailTableProps & {
  /** The parameters of the filter alone. */
  filterQuery: string
  /** The seq that the trail's next event had when the page was read. */
  head: number | undefined
  /** What stands here until the first event arrives. */
  empty: ReactNode
}

/** The newest page, with new events on top as they come; they wait while the reader reads further down. */
export function LiveTable({ filterQuery, head, empty, ...table }: Props) {
  const { address, display, rows } = table
  const [fresh, setFresh] = useState<TrailRow[]>([])
  const [waiting, setWaiting] = useState<TrailRow[]>([])
  const frame = useRef<HTMLDivElement>(null)
  const connection = useFollow({
    url: `${address.path}/follow?${filterQuery}&matched=true`,
    // Not from the newest row on: with a rare filter it may be a million events back.
    after: (head ?? 0) - 1,
    onEvents(events) {
      const arrived = events.map((event) => ({
        ...toTrailRow(event, display.columns, event.matched),
        hasArrived: true as const,
      }))
      const put = isReading(frame.current) ? setWaiting : setFresh
      put((before) => putOnTop(arrived, before))
    },
  })

  function show() {
    setFresh((before) => putOnTop(waiting, before))
    setWaiting([])
  }
  useEffect(() => {
    if (waiting.length === 0) return
    const timer = setInterval(() => {
      if (isReading(frame.current)) return
      setFresh((before) => putOnTop(waiting, before))
      setWaiting([])
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [waiting])

  const shown = fresh.length > 0 ? putOnTop(fresh, rows) : rows
  return (
    <div ref={frame}>
      <div className="sticky top-2 z-20 mb-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <ConnectionLine connection={connection} count={fresh.length} isPaused={waiting.length > 0} />
        {waiting.length > 0 && (
          <Button
            size="sm"
            variant="primary"
            onClick={() => {
              show()
              leaveRow(frame.current)
              frame.current?.scrollIntoView({ block: 'nearest' })
              window.scrollTo({ top: 0 })
            }}
          >
            <ArrowUp aria-hidden />
            {waiting.length === 1 ? '1 new event' : `${waiting.length} new events`}
          </Button>
        )}
      </div>
      {shown.length > 0 ? <TrailTable {...table} rows={shown} /> : empty}
    </div>
  )
}

/** Further down, or on a row: what moves now would move away under the reader's eyes. */
function isReading(frame: HTMLElement | null): boolean {
  if (!frame) return false
  return frame.getBoundingClientRect().top < 0 || Boolean(frame.querySelector('td :focus'))
}

function leaveRow(frame: HTMLElement | null): void {
  const focused = document.activeElement
  if (focused instanceof HTMLElement && frame?.contains(focused)) focused.blur()
}

const WORDS: Record<Connection, string> = {
  connecting: 'Connecting …',
  open: 'Live: new events appear here',
  lost: 'The connection was lost. Trying again; nothing will be missing.',
  refused: 'New events can’t be followed at the moment. Trying again from time to time.',
}

type LineProps = { connection: Connection; count: number; isPaused: boolean }

function ConnectionLine({ connection, count, isPaused }: LineProps) {
  const isOpen = connection === 'open'
  return (
    <p
      role="status"
      className={`inline-flex items-center gap-1.5 rounded-md px-2 py-1 text-xs shadow-pop ${isOpen ? 'bg-accent-soft text-accent' : 'bg-warning-soft text-warning'}`}
    >
      <Radio aria-hidden className="size-3.5" />
      {isOpen && isPaused ? 'Live, paused while you read' : WORDS[connection]}
      {isOpen && count > 0 && <span className="font-medium">({count} so far)</span>}
    </p>
  )
}
