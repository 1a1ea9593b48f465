import type { TenantScope } from '@/lib/access/scope'
import type { CollectedEvent } from '@/lib/collection/target/to-collected-event'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { EventRow } from '@/lib/trail/event-row'
import { TARGET_FIELDS, toTargetValues } from '@/lib/trail/export/target-fields'
import type { DryRunEvent } from './dry-run-view'

/** An event row as a dry run shows it, by the very words that would be stored. */
export function toDryRunEvent(
  scope: TenantScope,
  row: EventRow,
  line: number,
  isKnown: boolean,
): DryRunEvent {
  const event = JSON.parse(row.b) as CollectedEvent
  const stored = {
    ...event,
    id: row.id,
    seq: 0,
    receivedAt: row.recv,
    leafHash: '',
    origin: row.o,
  } as StoredEvent
  const values = toTargetValues(stored, scope.tenantSlug)
  const target = Object.fromEntries(TARGET_FIELDS.map((name, i) => [name, values[i] ?? '']))
  return { line, target, event, isKnown }
}
