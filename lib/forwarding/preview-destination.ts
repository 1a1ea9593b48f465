import { randomBytes, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { logHeads } from '@/db/schema/logs'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { carryMatches } from '@/lib/delivery/carry-matches'
import { mergeSecrets, namesOfSecrets, openSecrets } from '@/lib/delivery/destination-secrets'
import type {
  Before,
  OpenDestination,
  Secrets,
  Settings,
  ShownMessage,
} from '@/lib/delivery/destinations/contract'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { ROLE_WORDS } from '@/lib/delivery/destinations/roles'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { maskEvent } from '@/lib/delivery/masking/mask-event'
import { toMaskingRules } from '@/lib/delivery/masking/masking-rule'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { readEvents } from '@/lib/delivery/read-events'
import { AppError } from '@/lib/errors/app-error'
import type { TrailFilter } from '@/lib/trail/filter'
import { readMatching } from '@/lib/trail/read-matching'
import { toTrailFilter } from './destination-filter'
import { readDestination } from './find-destination'
import type { PreviewDestination } from './input'
import { recordingTools } from './recording-tools'
import { sampleAlarm } from './sample-alarm'
import { type ShownRequest, toShownRequest } from './shown-request'
import { singleDelivery } from './single-delivery'
import { testEvent } from './test-event'

/** Nothing is sent, so whoever waits for an answer longer than that gets none. */
const PREVIEW_TIMEOUT_MS = 2_000
/** Latest events looked at: those about the destination itself never reach it. */
const LATEST = 5
const MAX_EVENT_BYTES = 1024 * 1024

/**
 * `event` is the one of the trail that is shown; null for a made-up one. `message` is what people will read, where the
 * kind can say it better than its request does.
 */
export type Preview = ShownRequest & {
  event: { id: string; seq: number } | null
  message: ShownMessage | null
}

type Known = {
  before: Before | undefined
  secrets: Secrets
  event: ForwardedEvent | undefined
  checkpoint: string | undefined
}

/**
 * What the tenant's own latest event that the filter lets through would look like on the wire, made by the code that
 * sends; a made-up one where there is none. With a threshold, what an alarm would look like. Touches no network and stores nothing. Secrets and signatures read `•••`.
 * Throws `invalid` while fields are missing, `not_found` for a destination that isn't there.
 */
export async function previewDestination(scope: TenantScope, input: PreviewDestination): Promise<Preview> {
  requirePermission(scope, 'destinations:manage')
  requirePermission(scope, 'events:read')
  const kind = destinationKind(input.kind)
  const { before, secrets: stored, event, checkpoint } = await readKnown(scope, input)
  const { config, secrets: changes } = kind.configure(input.fields, before)
  const secrets = mergeSecrets(stored, changes)
  const destination = kind.open(JSON.parse(JSON.stringify(config)))
  const maskingKey = secrets.maskingKey ?? randomBytes(32).toString('base64')
  const masked = maskEvent(
    event ?? testEvent(scope, kind.role, input),
    toMaskingRules(input.masking),
    maskingKey,
  )
  const format = destination.format(scope.tenantSlug)
  const delivery = singleDelivery(kind, destination, format, masked, {
    stream: { tenantId: scope.tenantId, destinationId: input.id ?? randomUUID() },
    secrets,
    capabilities: {},
    idempotencyKey: randomBytes(16).toString('hex'),
    // Of its own: a kind may keep connections for their owner, and the next preview must not find this one.
    owner: `preview ${randomUUID()}`,
    timeoutMs: PREVIEW_TIMEOUT_MS,
    ...(event && checkpoint !== undefined && { checkpoint }),
    ...objectKeyOf(destination, format, masked, input.id),
    ...(destination.rule && { digest: sampleAlarm(masked, destination.rule) }),
  })
  const source = event ? { id: event.id, seq: event.seq } : null
  const message = destination.preview?.(delivery) ?? null
  if (message)
    return { request: '', headers: [], body: message.text, truncated: false, event: source, message }
  const { tools, recorded } = recordingTools()
  const signal = AbortSignal.timeout(PREVIEW_TIMEOUT_MS)
  const outcome = await destination.send({ ...delivery, signal }, tools)
  const shown = recorded.find(({ body }) => body.length > 0) ?? recorded[0]
  if (!shown) throw new AppError('invalid', `There is nothing to show: ${outcome.message}`)
  return {
    ...toShownRequest(shown, Object.values(secrets)),
    event: source,
    message,
  }
}

function objectKeyOf(
  destination: OpenDestination,
  format: Settings,
  { seq, receivedAt }: ForwardedEvent,
  id: string | undefined,
): { objectKey?: string } {
  const place = Math.max(0, seq)
  const objectKey = destination.objectKey?.({
    format,
    firstSeq: place,
    lastSeq: place,
    firstReceivedAt: receivedAt,
    destinationId: id ?? '00000000-0000-0000-0000-000000000000',
  })
  return objectKey === undefined ? {} : { objectKey }
}

/** What the preview needs of the database, of one moment. */
async function readKnown(scope: TenantScope, input: PreviewDestination): Promise<Known> {
  const { tenantId } = scope
  const key = { tenantId, destinationId: input.id ?? randomUUID() }
  return inTenantSnapshot(scope, async (tx) => {
    const { role } = destinationKind(input.kind)
    const row = input.id === undefined ? undefined : await readDestination(tx, scope, { id: input.id, role })
    if (row && row.kind !== input.kind)
      throw new AppError(
        'invalid',
        `This ${ROLE_WORDS[role].noun} is of the kind ${row.kind}, which cannot be changed.`,
      )
    const event = await readLatest(tx, key, toTrailFilter(input))
    const [shown] = event
      ? await carryMatches(tx, tenantId, [event], input.carriesMatches ? 'latest' : null)
      : []
    const [log] = await tx
      .select({ note: logHeads.note })
      .from(logHeads)
      .where(eq(logHeads.tenantId, tenantId))
    return {
      before: row && { config: row.config as Settings, secretNames: namesOfSecrets(row) },
      secrets: row ? openSecrets(key, row) : {},
      event: shown,
      checkpoint: log?.note,
    }
  })
}

/** The latest event that passes the filter and is not about the destination itself, as the engine would read it. */
async function readLatest(
  tx: Transaction,
  key: StreamKey,
  filter: TrailFilter,
): Promise<ForwardedEvent | undefined> {
  const { rows } = await readMatching(tx, {
    tenantId: key.tenantId,
    filter,
    from: 0,
    descends: true,
    nowMs: Date.now(),
    limit: LATEST,
    maxBytes: MAX_EVENT_BYTES,
  })
  for (const { seq } of rows) {
    const range = { filter: {}, from: seq, before: seq + 1, maxEvents: 1, maxBytes: MAX_EVENT_BYTES }
    const [event] = await readEvents(tx, key, range)
    if (event) return event
  }
  return undefined
}
