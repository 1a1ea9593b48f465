import { Badge, type Tone } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { AttemptView } from '@/lib/forwarding/get'

/** What each outcome is called, and how it looks. */
const OUTCOMES: Record<string, { words: string; tone: Tone }> = {
  delivered: { words: 'delivered', tone: 'accent' },
  held: { words: 'failed, will be tried again', tone: 'warning' },
  failed: { words: 'failed', tone: 'danger' },
  refused: { words: 'refused', tone: 'danger' },
  gone: { words: 'receiver is gone', tone: 'danger' },
  split: { words: 'not taken, tried in smaller batches', tone: 'warning' },
  dead: { words: 'event set aside', tone: 'danger' },
  disabled: { words: 'failed, switched off', tone: 'danger' },
  superseded: { words: 'overtaken by another run', tone: 'neutral' },
}

export function AttemptsTable({ attempts }: { attempts: AttemptView[] }) {
  return (
    <TableFrame label="Latest attempts">
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
            <AttemptRow key={attempt.id} attempt={attempt} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function AttemptRow({ attempt }: { attempt: AttemptView }) {
  const { words, tone } = OUTCOMES[attempt.outcome] ?? { words: attempt.outcome, tone: 'neutral' as const }
  return (
    <Tr>
      <Td>
        <Time value={attempt.at.toISOString()} />
      </Td>
      <Td className="w-full min-w-48">
        <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <Badge tone={tone}>{words}</Badge>
          {attempt.trigger === 'test' && <Badge>test</Badge>}
          {attempt.message}
        </span>
        {attempt.answer && (
          <details className="mt-0.5">
            <summary className="w-fit rounded-sm text-quiet text-xs underline decoration-dotted underline-offset-3">
              The receiver’s words
            </summary>
            <pre className="literal mt-1 max-h-48 overflow-auto whitespace-pre-wrap break-words">
              {attempt.answer}
            </pre>
          </details>
        )}
      </Td>
      <Td className="numeric text-right">{attempt.status ?? '–'}</Td>
      <Td className="numeric text-right">{attempt.events.toLocaleString('en')}</Td>
      <Td className="numeric text-right">{attempt.ms.toLocaleString('en')}</Td>
    </Tr>
  )
}
