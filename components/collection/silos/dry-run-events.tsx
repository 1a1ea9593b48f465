import { Badge } from '@/components/ui/badge'
import { LevelBadge } from '@/components/ui/level-badge'
import { StatusBadge } from '@/components/ui/status-badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { DryRunEvent } from '@/lib/collection/runs/dry-run-view'
import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'

type Props = { events: readonly DryRunEvent[] }

/** The events under the names of the log target; fields that none of them has are left out. */
export function DryRunFields({ events }: Props) {
  const shown = TARGET_FIELDS.filter((field) => events.some(({ target }) => isFilled(target[field])))
  return (
    <TableFrame label="Events by target names" className="max-h-[70dvh] overflow-y-auto">
      <Table>
        <thead className="sticky top-0 z-10">
          <tr>
            <Th className="numeric text-right">Line</Th>
            {shown.map((field) => (
              <Th key={field} className="font-mono">
                {field}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.map(({ line, target, isKnown }) => (
            <Tr key={line}>
              <Td className="numeric text-right">
                {line.toLocaleString('en')} {isKnown && <Known />}
              </Td>
              {shown.map((field) => (
                <Td key={field} className="max-w-72">
                  <Value text={String(target[field] ?? '')} />
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

const isFilled = (value: string | number | undefined) => value !== undefined && value !== ''

function Value({ text }: { text: string }) {
  return (
    <span className="literal line-clamp-3 min-w-16 break-words" title={text}>
      {visibleText(text)}
    </span>
  )
}

/** The same events as the trail would show them, each with its JSON. */
export function DryRunEvents({ events }: Props) {
  return (
    <TableFrame label="Events">
      <Table>
        <thead>
          <tr>
            <Th className="numeric text-right">Line</Th>
            <Th className="max-sm:hidden">Time</Th>
            <Th className="max-md:hidden">Level</Th>
            <Th className="max-md:hidden">Type</Th>
            <Th>Event</Th>
          </tr>
        </thead>
        <tbody>
          {events.map(({ line, event, isKnown }) => (
            <Tr key={line}>
              <Td className="numeric text-right">
                {line.toLocaleString('en')} {isKnown && <Known />}
              </Td>
              <Td className="max-sm:hidden">{event.occurredAt && <Time value={event.occurredAt} />}</Td>
              <Td className="max-md:hidden">{event.level && <LevelBadge level={event.level} />}</Td>
              <Td className="max-md:hidden">{event.type}</Td>
              <Td className="w-full min-w-56">
                <p className="wrap-anywhere">
                  {visibleText(event.message ?? event.codeLabel ?? event.action)}{' '}
                  <StatusBadge status={event.status} />
                </p>
                <p className="wrap-anywhere text-quiet text-xs">
                  {visibleText(event.actor?.login ?? '')}
                  {event.code && ` · ${visibleText(event.code)}`}
                </p>
                <details className="group mt-0.5 text-xs">
                  <summary className="w-fit rounded-sm text-quiet hover:text-ink">
                    <span aria-hidden className="mr-1 inline-block transition-transform group-open:rotate-90">
                      ›
                    </span>
                    JSON
                  </summary>
                  <pre className="mt-1 max-h-72 overflow-auto whitespace-pre-wrap break-words rounded-md bg-sunken p-2 font-mono">
                    {JSON.stringify(event, null, 2)}
                  </pre>
                </details>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

/** Collected, it would be a duplicate. */
function Known() {
  return (
    <span title="The trail has this event already: collected, it would be a duplicate.">
      <Badge>there</Badge>
    </span>
  )
}
