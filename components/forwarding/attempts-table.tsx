import { Badge, type Tone } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { AttemptView } from '@/lib/forwarding/list-attempts'
import { ReceiverWords } from './receiver-words'

/** What each outcome is called, and how it looks. */
const OUTCOMES: Record<string, { words: string; tone: Tone }> = {
  delivered: { words: 'delivered', tone: 'accent' },
  accepted: { words: 'taken, not yet acknowledged', tone: 'neutral' },
  acknowledged: { words: 'acknowledged', tone: 'accent' },
  held: { words: 'failed, will be tried again', tone: 'warning' },
  failed: { words: 'failed', tone: 'danger' },
  refused: { words: 'refused', tone: 'danger' },
  gone: { words: 'receiver is gone', tone: 'danger' },
  split: { words: 'not taken, tried in smaller batches', tone: 'warning' },
  dead: { words: 'event set aside', tone: 'danger' },
  disabled: { words: 'failed, switched off', tone: 'danger' },
  superseded: { words: 'overtaken by another run', tone: 'neutral' },
  replaced: { words: 'planned anew', tone: 'neutral' },
}

const TRIGGERS: Partial<Record<AttemptView['trigger'], string>> = {
  manual: 'by hand',
  replay: 'replay',
  test: 'test',
}

type Props = { attempts: readonly AttemptView[]; now: number }

export function AttemptsTable({ attempts, now }: Props) {
  return (
    <TableFrame label="Attempts">
      <Table>
        <thead>
          <tr>
            <Th>Time</Th>
            <Th>Outcome</Th>
            <Th className="text-right">Status</Th>
            <Th className="text-right">Events</Th>
            <Th className="text-right">ms</Th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <AttemptRow key={attempt.id} attempt={attempt} now={now} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function AttemptRow({ attempt, now }: { attempt: AttemptView; now: number }) {
  const { outcome, trigger, request, message, answer, retryAt, firstSeq, lastSeq } = attempt
  const { words, tone } = OUTCOMES[outcome] ?? { words: outcome, tone: 'neutral' as const }
  return (
    <Tr>
      <Td>
        <Time value={attempt.at.toISOString()} />
      </Td>
      <Td className="w-full min-w-64">
        <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <Badge tone={tone}>{words}</Badge>
          {TRIGGERS[trigger] && <Badge>{TRIGGERS[trigger]}</Badge>}
          {message && <span className="wrap-anywhere">{visibleText(message)}</span>}
        </span>
        {request && <p className="literal wrap-anywhere mt-0.5 text-quiet">{visibleText(request)}</p>}
        {retryAt && retryAt.getTime() > now && (
          <p className="mt-0.5 text-quiet text-xs">
            Next try <Time value={retryAt.toISOString()} />
          </p>
        )}
        {answer && <ReceiverWords words={answer} />}
      </Td>
      <Td className="numeric text-right">{attempt.status ?? '–'}</Td>
      <Td className="numeric whitespace-nowrap text-right">
        {attempt.events.toLocaleString('en')}
        {firstSeq !== null && lastSeq !== null && firstSeq >= 0 && (
          <span className="block text-quiet text-xs">
            {firstSeq === lastSeq
              ? firstSeq.toLocaleString('en')
              : `${firstSeq.toLocaleString('en')} – ${lastSeq.toLocaleString('en')}`}
          </span>
        )}
      </Td>
      <Td className="numeric text-right">{attempt.ms.toLocaleString('en')}</Td>
    </Tr>
  )
}
