import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryStreams, destinations } from '@/db/schema/delivery'
import type { TenantScope } from '@/lib/access/scope'
import { type HttpConfig, httpConfigSchema } from '@/lib/delivery/destinations/http/config'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { type Backlog, readBacklog } from '@/lib/delivery/read-backlog'
import { LEVELS, type Level } from '@/lib/event/levels'
import { currentFilter } from './current-filter'
import { shortenUrl } from './shorten-url'

/** A destination as people see it: everything but its secret. */
export type DestinationView = {
  id: string
  kind: string
  /** Made from the configuration, such as `Splunk at example.splunkcloud.com`. */
  name: string
  note: string
  /** Only its origin, and `/…`, for whoever may not manage destinations: many receivers take a key in the rest. */
  url: string
  body: HttpConfig['body']
  apiHeaderName: string | null
  hasApiKey: boolean
  /** What is forwarded; empty means all. */
  types: string[]
  levels: Level[]
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
  /** When the next try comes; null while it works. */
  retryAt: Date | null
  backlog: Backlog
}

const columns = { destination: destinations, stream: deliveryStreams }
type Row = { destination: typeof destinations.$inferSelect; stream: typeof deliveryStreams.$inferSelect }

/** The tenant's destinations that were not removed, oldest first; one of them if `id` is given. */
export async function readDestinations(
  tx: Transaction,
  scope: TenantScope,
  id?: string,
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
        ...(id === undefined ? [] : [eq(destinations.id, id)]),
      ),
    )
    .orderBy(destinations.createdAt, destinations.id)
  const views: DestinationView[] = []
  for (const row of rows) views.push(await toView(tx, scope, row))
  return views
}

async function toView(
  tx: Transaction,
  scope: TenantScope,
  { destination, stream }: Row,
): Promise<DestinationView> {
  const { tenantId, id, kind, note, config, secretEnc, createdAt, updatedAt } = destination
  const { url, body, headerName } = httpConfigSchema.parse(config)
  const key = { tenantId, destinationId: id }
  const { filter } = await currentFilter(tx, key)
  return {
    id,
    kind,
    name: destinationKind(kind).open(config).describe(),
    note,
    url: scope.permissions.has('destinations:manage') ? url : shortenUrl(url),
    body,
    apiHeaderName: headerName ?? null,
    hasApiKey: secretEnc !== null,
    types: filter.type?.include ?? [],
    levels: LEVELS.filter((level) => filter.level?.include.includes(level)),
    state: stream.state === 'removed' ? 'paused' : stream.state,
    reason: stream.reason,
    createdAt,
    updatedAt,
    stats: toStats(stream, await readBacklog(tx, key, stream.nextSeq)),
  }
}

function toStats(stream: Row['stream'], backlog: Backlog): DeliveryStats {
  const { sentAt, sentBatches, sentEvents, failedAt, failedAttempts, failMessage } = stream
  const { lastStatus, lastAnswer, deadEvents, consecutiveFailures, firstFailureAt, dueAt } = stream
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
    retryAt: consecutiveFailures > 0 && stream.state === 'active' ? dueAt : null,
    backlog,
  }
}
