import { randomUUID } from 'node:crypto'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { openDestinationSecret } from '@/lib/delivery/destination-secret'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { encodeEvents } from '@/lib/delivery/frozen-batch'
import { insertAttempt } from '@/lib/delivery/insert-attempt'
import type { Outcome } from '@/lib/delivery/outcome'
import { newEventId } from '@/lib/event/event-id'
import { guardedRequest } from '@/lib/http/guarded-request'
import { type DestinationRow, findDestination } from './find-destination'
import type { DestinationId } from './input'

/** A person waits for it. */
const TEST_TIMEOUT_MS = 10_000

/** What TEST shows: `answer` is the receiver's own words, at most 4 KiB; `message` says what they mean. */
export type TestResult = {
  delivered: boolean
  status: number | null
  ms: number
  message: string
  answer: string
}

/**
 * Sends one made-up event on the path that all events take, and tells what the receiver said. Moves no cursor
 * and counts in no statistics. Throws `not_found`; a failure of the receiver is a result.
 */
export async function testDestination(scope: TenantScope, { id }: DestinationId): Promise<TestResult> {
  requirePermission(scope, 'destinations:manage')
  const row = await inTenant(scope, (tx) => findDestination(tx, scope, id))
  const outcome = await sendTestEvent(scope, row)
  const delivered = outcome.verdict === 'delivered'
  const key = { tenantId: scope.tenantId, destinationId: id }
  await inTenant(scope, async (tx) => {
    const name = destinationKind(row.kind).open(row.config).describe()
    await insertAttempt(tx, key, {
      id: randomUUID(),
      trigger: 'test',
      outcome: outcome.verdict,
      told: outcome,
    })
    await recordEvent(tx, scope, 'DESTINATION_TESTED', {
      message: `Destination ${name} was tested`,
      targets: [{ type: 'destination', name, id }],
      data: { delivered, status: outcome.status ?? null, ms: outcome.ms },
    })
  })
  const { status = null, ms, message, answer = '' } = outcome
  return { delivered, status, ms, message, answer }
}

async function sendTestEvent(scope: TenantScope, row: DestinationRow): Promise<Outcome> {
  const key = { tenantId: scope.tenantId, destinationId: row.id }
  const kind = destinationKind(row.kind)
  const destination = kind.open(row.config)
  const format = destination.format(scope.tenantSlug)
  const { body } = encodeEvents(kind, format, [testEvent(scope)])
  return destination.send(
    {
      body,
      format,
      events: 1,
      idempotencyKey: `test-${randomUUID()}`,
      secret: openDestinationSecret(key, row.secretEnc),
      owner: `${key.tenantId} ${key.destinationId}`,
      timeoutMs: TEST_TIMEOUT_MS,
    },
    guardedRequest,
  )
}

/** Marked so that nobody takes it for one of the trail: a type of Spoor's own, no place, no leaf. */
function testEvent(scope: TenantScope): ForwardedEvent {
  const now = new Date()
  const occurredAt = now.toISOString()
  const event = {
    type: 'trail.test',
    action: 'tested',
    message: 'A test event of Spoor. If you read this, forwarding works.',
    actor: { login: scope.principal.login },
    level: 'info' as const,
    occurredAt,
  }
  return {
    ...event,
    seq: -1,
    id: newEventId(now.getTime()),
    receivedAt: occurredAt,
    actorLogin: scope.principal.login,
    targetName: null,
    source: null,
    dataSource: null,
    origin: 'test',
    leafHash: '0'.repeat(64),
    body: JSON.stringify(event),
  }
}
