import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryStreams, destinations } from '@/db/schema/delivery'
import type { TenantScope } from '@/lib/access/scope'
import { namesOfSecrets } from '@/lib/delivery/destination-secrets'
import type { Settings } from '@/lib/delivery/destinations/contract'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { type DestinationRole, kindsOf, roleOf } from '@/lib/delivery/destinations/roles'
import { maskingRulesSchema, toMaskingTexts } from '@/lib/delivery/masking/masking-rule'
import { type Backlog, MAX_SCANNED, readBacklog } from '@/lib/delivery/read-backlog'
import { currentFilter } from './current-filter'
import { type ChosenFilter, fromTrailFilter } from './destination-filter'

/** A destination or channel as people see it: everything but its secrets. */
export type DestinationView = ChosenFilter & {
  id: string
  role: DestinationRole
  kind: string
  /** For people: `Splunk HEC`. */
  kindLabel: string
  /** Made from the configuration, such as `Splunk at example.splunkcloud.com`. */
  name: string
  note: string
  /** Whom it leads to: a host, a bucket. */
  target: string
  /** The kind's own fields. For whoever may not manage destinations without what may hold a key, such as a path. */
  fields: Settings
  /** Which secrets are stored, by the names of their fields. */
  secretNames: string[]
  /** `hash:actor.login`, … */
  masking: string[]
  /** Whether events carry whom and what the ledger knows behind their actors and targets. */
  carriesMatches: boolean
  /** `paused` by a person, `disabled` by Spoor for `reason`. */
  state: 'active' | 'paused' | 'disabled'
  reason: string | null
  createdAt: Date
  updatedAt: Date
  stats: DeliveryStats
}

/** Counters since creation. `failedAttempts` counts tries, `deadEvents` events set aside for good. */
export type DeliveryStats = {
  sentAt: Date | null
  sentBatches: number
  sentEvents: number
  failedAt: Date | null
  failedAttempts: number
  /** Why the last failure was one, and what to do. */
  failMessage: string | null
  /** Of the latest answer, good or bad: HTTP status and the receiver's own words, at most 4 KiB. */
  lastStatus: number | null
  lastAnswer: string | null
  deadEvents: number
  consecutiveFailures: number
  /** Since when nothing got through; null while it works. */
  firstFailureAt: Date | null
  /** `open`: only single events are tried, from time to time; `half_open`: one got through, and batches grow again. */
  breaker: 'closed' | 'open' | 'half_open'
  /** Replays that have not ended. */
  runningReplays: number
  /** When the next try comes; null while it works. */
  retryAt: Date | null
  backlog: Backlog
}

/** Events that a whole list looks at for its backlogs, some 80 ms, and those that each destination has in any case. */
const LIST_SCANNED = 40_000
const MIN_SCANNED = 1_000

/** Those that a person added, of one role. */
export const isOfRole = (role: DestinationRole): SQL | undefined =>
  and(isNull(destinations.companionOf), inArray(destinations.kind, kindsOf(role)))

const columns = { destination: destinations, stream: deliveryStreams }
type Row = { destination: typeof destinations.$inferSelect; stream: typeof deliveryStreams.$inferSelect }

/**
 * One of the tenant's destinations, or all of a role that were not removed, oldest first. Companions are no choice of
 * their own and come by their id alone.
 */
export async function readDestinations(
  tx: Transaction,
  scope: TenantScope,
  which: { id: string } | { role: DestinationRole },
): Promise<DestinationView[]> {
  const rows = await tx
    .select(columns)
    .from(destinations)
    .innerJoin(
      deliveryStreams,
      and(
        eq(deliveryStreams.tenantId, destinations.tenantId),
        eq(deliveryStreams.destinationId, destinations.id),
      ),
    )
    .where(
      and(
        eq(destinations.tenantId, scope.tenantId),
        isNull(destinations.removedAt),
        'id' in which ? eq(destinations.id, which.id) : isOfRole(which.role),
      ),
    )
    .orderBy(destinations.createdAt, destinations.id)
  const maxScanned = 'id' in which ? MAX_SCANNED : Math.max(MIN_SCANNED, LIST_SCANNED / rows.length)
  // All asked at once: on one connection they go without waiting for each answer.
  return Promise.all(rows.map((row) => toView(tx, scope, row, Math.floor(maxScanned))))
}

async function toView(
  tx: Transaction,
  scope: TenantScope,
  { destination, stream }: Row,
  maxScanned: number,
): Promise<DestinationView> {
  const { tenantId, id, kind: kindName, note, config, carriesMatches, createdAt, updatedAt } = destination
  const kind = destinationKind(kindName)
  const opened = kind.open(config)
  const key = { tenantId, destinationId: id }
  const { filter } = await currentFilter(tx, key)
  return {
    id,
    role: roleOf(destination),
    kind: kindName,
    kindLabel: kind.label,
    name: opened.describe(),
    target: opened.target(),
    note,
    fields: scope.permissions.has('destinations:manage') ? opened.values() : opened.publicValues(),
    secretNames: namesOfSecrets(destination).filter((name) =>
      kind.fields.some((field) => field.name === name),
    ),
    masking: toMaskingTexts(maskingRulesSchema.parse(destination.masking)),
    carriesMatches,
    ...fromTrailFilter(filter),
    state: stream.state === 'removed' ? 'paused' : stream.state,
    reason: stream.reason,
    createdAt,
    updatedAt,
    stats: toStats(stream, await readBacklog(tx, key, stream.nextSeq, maxScanned)),
  }
}

function toStats(stream: Row['stream'], backlog: Backlog): DeliveryStats {
  const { sentAt, sentBatches, sentEvents, failedAt, failedAttempts, failMessage } = stream
  const { lastStatus, lastAnswer, deadEvents, consecutiveFailures, firstFailureAt, dueAt } = stream
  const { breaker, runningReplays } = stream
  return {
    sentAt,
    sentBatches,
    sentEvents,
    failedAt,
    failedAttempts,
    failMessage,
    lastStatus,
    lastAnswer,
    deadEvents,
    consecutiveFailures,
    firstFailureAt,
    breaker,
    runningReplays,
    retryAt: consecutiveFailures > 0 && stream.state === 'active' ? dueAt : null,
    backlog,
  }
}
