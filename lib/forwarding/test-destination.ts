import { randomUUID } from 'node:crypto'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { openSecrets } from '@/lib/delivery/destination-secrets'
import type { Settings } from '@/lib/delivery/destinations/contract'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { insertAttempt } from '@/lib/delivery/insert-attempt'
import { maskEvent } from '@/lib/delivery/masking/mask-event'
import { maskingRulesSchema } from '@/lib/delivery/masking/masking-rule'
import type { Outcome } from '@/lib/delivery/outcome'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { recordDestinationEvent } from './destination-event'
import { type DestinationRow, findDestination } from './find-destination'
import { readStream } from './find-stream'
import type { DestinationId } from './input'
import { singleDelivery } from './single-delivery'
import { testEvent } from './test-event'

/** A person waits for it: so long for the health, and again for the event. */
const TEST_TIMEOUT_MS = 10_000

/** An answer as TEST shows it: `answer` is the receiver's own words, at most 4 KiB; `message` says what they mean. */
type Told = { status: number | null; ms: number; message: string; answer: string }

/** `health` is what the receiver says of itself, where its kind can be asked; the rest is about the event. */
export type TestResult = Told & {
  delivered: boolean
  /** What was asked, without secrets: `POST https://… 412 kB`. */
  request: string | null
  health: (Told & { isWell: boolean }) | null
}

type Tried = { health: Outcome | undefined; sent: Outcome }

/**
 * Asks a receiver how it is, sends one made-up event on the path that all events take, and tells what it said. Moves
 * no cursor and counts in no statistics. Throws `not_found`; a failure of the receiver is a result.
 */
export async function testDestination(scope: TenantScope, { id, role }: DestinationId): Promise<TestResult> {
  requirePermission(scope, 'destinations:manage')
  const key = { tenantId: scope.tenantId, destinationId: id }
  const { row, capabilities } = await inTenant(scope, async (tx) => ({
    row: await findDestination(tx, scope, { id, role }),
    capabilities: (await readStream(tx, key)).capabilities as Settings,
  }))
  const { health, sent } = await tryOut(scope, row, capabilities)
  const delivered = sent.verdict === 'delivered' || sent.verdict === 'accepted'
  await inTenant(scope, async (tx) => {
    await insertAttempt(tx, key, {
      id: randomUUID(),
      trigger: 'test',
      outcome: delivered ? 'delivered' : sent.verdict,
      told: sent,
    })
    const { status = null, ms } = sent
    const data = { delivered, status, ms, ...(health && { isWell: isWell(health) }) }
    await recordDestinationEvent(tx, scope, row, 'DESTINATION_TESTED', 'was tested', data)
  })
  return {
    delivered,
    ...toTold(sent),
    request: sent.request ?? null,
    health: health ? { isWell: isWell(health), ...toTold(health) } : null,
  }
}

const isWell = ({ verdict }: Outcome) => verdict === 'delivered'
const toTold = ({ status, ms, message, answer }: Outcome): Told => ({
  status: status ?? null,
  ms,
  message,
  answer: answer ?? '',
})

async function tryOut(scope: TenantScope, row: DestinationRow, capabilities: Settings): Promise<Tried> {
  const key = { tenantId: scope.tenantId, destinationId: row.id }
  const kind = destinationKind(row.kind)
  const destination = kind.open(row.config)
  const secrets = openSecrets(key, row)
  const call = { secrets, owner: `${key.tenantId} ${key.destinationId}`, timeoutMs: TEST_TIMEOUT_MS }
  const health = await destination.checkHealth?.(call, outsideTools)
  const rules = maskingRulesSchema.parse(row.masking)
  const event = maskEvent(testEvent(scope, kind.role, row), rules, secrets.maskingKey ?? '')
  const idempotencyKey = `test-${randomUUID()}`
  const format = destination.format(scope.tenantSlug)
  const given = { ...call, stream: key, capabilities, idempotencyKey }
  const delivery = singleDelivery(kind, destination, format, event, given)
  return { health, sent: await destination.send(delivery, outsideTools) }
}
