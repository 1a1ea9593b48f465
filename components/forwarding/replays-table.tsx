import { Badge, type Tone } from '@/components/ui/badge'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { FormAction } from '@/lib/errors/form-state'
import type { ReplayView } from '@/lib/forwarding/list-replays'
import { IdActionButton } from './id-action-button'

type Props = {
  id: string
  replays: readonly ReplayView[]
  /** Left out for who may not. */
  cancel: FormAction<void> | undefined
}

/** What a person had sent again, and how far that is. */
export function ReplaysTable({ id, replays, cancel }: Props) {
  return (
    <TableFrame label="Replays">
      <Table>
        <thead>
          <tr>
            <Th>Asked</Th>
            <Th>What</Th>
            <Th>State</Th>
            <Th className="text-right">Sent</Th>
            <Th>By</Th>
            {cancel && (
              <Th>
                <span className="sr-only">Cancel</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {replays.map((replay) => (
            <Tr key={replay.id}>
              <Td>
                <Time value={replay.createdAt.toISOString()} />
              </Td>
              <Td className="w-full min-w-44">
                {replay.onlyDead ? 'Dead letters' : 'Events'} {rangeWords(replay)}
              </Td>
              <Td className="min-w-40">
                <ReplayState replay={replay} />
              </Td>
              <Td className="numeric text-right">{replay.sentEvents.toLocaleString('en')}</Td>
              <Td className="wrap-anywhere min-w-44">{visibleText(replay.requestedBy)}</Td>
              {cancel && (
                <Td className="text-right">
                  {replay.state === 'running' && (
                    <IdActionButton
                      id={id}
                      action={cancel}
                      more={{ replayId: replay.id }}
                      size="sm"
                      pendingLabel="Cancelling …"
                      done="The replay was cancelled"
                    >
                      Cancel
                    </IdActionButton>
                  )}
                </Td>
              )}
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function rangeWords({ fromSeq, throughSeq }: ReplayView): string {
  const from = fromSeq.toLocaleString('en')
  return fromSeq === throughSeq ? from : `${from} – ${throughSeq.toLocaleString('en')}`
}

const STATES: Record<ReplayView['state'], { tone: Tone; words: string }> = {
  running: { tone: 'neutral', words: 'running' },
  done: { tone: 'accent', words: 'done' },
  cancelled: { tone: 'neutral', words: 'cancelled' },
}

function ReplayState({
  replay: { state, fromSeq, throughSeq, nextSeq, finishedAt },
}: {
  replay: ReplayView
}) {
  if (state !== 'running')
    return (
      <span className="flex flex-wrap items-baseline gap-2">
        <Badge tone={STATES[state].tone}>{STATES[state].words}</Badge>
        {finishedAt && <Time value={finishedAt.toISOString()} />}
      </span>
    )
  const share = (nextSeq - fromSeq) / Math.max(1, throughSeq + 1 - fromSeq)
  return (
    <span className="flex items-center gap-2">
      <ProgressBar label="Sent again" share={share} />
      <span className="numeric text-quiet text-xs">
        {Math.floor(100 * Math.min(1, Math.max(0, share)))} %
      </span>
    </span>
  )
}
