import Link from 'next/link'
import { amount, number } from '@/components/collection/row-counts'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { ProgressBar } from '@/components/ui/progress-bar'
import { visibleText } from '@/components/ui/visible-text'
import type { MatchingStatus } from '@/lib/ledger/matching/status-view'
import { restWords } from './matching-words'

/** While it goes on its figures move; slower than the other, and people reload by hand. */
const BUSY_REFRESH_MS = 1500
const REFRESH_MS = 15_000
/** Beside much else that is read for the page. */
const BRIEF_REFRESH_MS = 5000
/** What comes within a second or two is matched as fast: only more than that is worth a bar. */
const FEW_EVENTS = 1000

type Props = {
  status: MatchingStatus
  /** Of the section. */
  path: string
  now: number
  /** On pages about something else: nothing is said while nothing is on its way. */
  isBrief?: boolean
}

/** How far the trail is matched with the ledger, and what is still on its way. Nothing where the ledger is not used. */
export function MatchingState({ status, path, now, isBrief = false }: Props) {
  const { isActive, matchedTo, head, rematch, isBehind } = status
  if (!isActive) return null
  const isCatchingUp = head - matchedTo > FEW_EVENTS
  const isBusy = rematch !== null || isBehind || isCatchingUp
  if (isBrief && !isBusy) return null
  return (
    <section aria-label="Matching" className="mb-4 text-sm">
      <AutoRefresh everyMs={isBrief ? BRIEF_REFRESH_MS : isBusy ? BUSY_REFRESH_MS : REFRESH_MS} />
      {rematch ? (
        <Progress
          label="Matching again"
          share={rematch.total > 0 ? rematch.done / rematch.total : 0}
          words={`${visibleText(rematch.reason)}. Matching again: ${number(rematch.done)} of ${amount(rematch.total, 'name')}`}
          rest={restWords(rematch, now)}
        />
      ) : isBehind ? (
        <p role="status" className="text-quiet">
          The ledger or the way of matching has changed: matching again begins in a moment.
        </p>
      ) : (
        isCatchingUp && (
          <Progress
            label="Matching events"
            share={matchedTo / head}
            words={`Matching events: ${number(matchedTo)} of ${number(head)}`}
            rest={null}
          />
        )
      )}
      {!isBrief && <Figures status={status} path={path} isSettled={!isBusy} />}
    </section>
  )
}

type ProgressProps = { label: string; share: number; words: string; rest: string | null }

function Progress({ label, share, words, rest }: ProgressProps) {
  return (
    <div className="mb-2 rounded-lg border border-accent bg-surface px-4 py-2.5">
      <p className="numeric">
        {words}
        {rest && `, ${rest}`}
      </p>
      <div className="mt-2 flex items-center gap-3">
        <ProgressBar label={label} share={share} />
        <span className="numeric w-10 text-right text-quiet text-xs">
          {Math.floor(100 * Math.min(1, share))} %
        </span>
      </div>
    </div>
  )
}

type FiguresProps = { status: MatchingStatus; path: string; isSettled: boolean }

function Figures({ status: { matchedTo, head, references }, path, isSettled }: FiguresProps) {
  const { matched, ambiguous, unmatched, off } = references
  return (
    <p className="numeric text-quiet">
      {isSettled &&
        (matchedTo < head
          ? `${number(matchedTo)} of ${amount(head, 'event')} are matched. `
          : `All events are matched, ${number(head)} of them. `)}
      Names in events: {number(matched)} known
      {ambiguous > 0 && (
        <>
          ,{' '}
          <Work href={`${path}/unmatched?role=all&state=ambiguous`}>{`${number(ambiguous)} ambiguous`}</Work>
        </>
      )}
      {unmatched > 0 && (
        <>
          , <Work href={`${path}/unmatched?role=all`}>{`${number(unmatched)} unmatched`}</Work>
        </>
      )}
      {off > 0 && `, ${number(off)} of sources without a policy`}.
    </p>
  )
}

function Work({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="rounded-sm text-ink underline underline-offset-3">
      {children}
    </Link>
  )
}
