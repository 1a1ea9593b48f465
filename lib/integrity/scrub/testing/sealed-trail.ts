import type { Sql } from 'postgres'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { acceptEvent } from '@/lib/event/accept-event'
import { policyOf, sealNow } from '@/lib/integrity/testing/seal-now'
import { createToken } from '@/lib/tokens/create'
import { append } from '@/lib/trail/append'
import { type EventRow, toEventRow } from '@/lib/trail/event-row'

/** A sealed trail of a new tenant, and what somebody outside remembers of it. */
export type SealedTrail = {
  scope: TenantScope
  tenantId: string
  size: number
  /** Of a token that may read. */
  secret: string
  policy: string
  /** An old checkpoint and the latest. */
  oldNote: string
  note: string
}

/** Event `n` of a trail, with a value for every column that searches use. */
export function sampleRow(
  tenantId: string,
  n: number,
  over: Record<string, unknown> = {},
  receivedAt = new Date().toISOString(),
): EventRow {
  const event = {
    type: 'account',
    action: 'signed in',
    level: 'info',
    status: 'success',
    actor: {
      login: `user${n % 7}@example.com`,
      id: `u${n % 7}`,
      ip: n % 2 ? '203.0.113.9' : '2001:DB8:0:0::9',
    },
    targets: [
      { type: 'host', name: `host-${n}` },
      { type: 'zone', name: 'dmz' },
    ],
    data: { n, 'a/b~': null, nothing: {} },
    ...over,
  }
  const acceptance = acceptEvent(event, receivedAt)
  if ('violations' in acceptance) throw new Error(`the sample is not valid: ${JSON.stringify(acceptance)}`)
  return toEventRow({ tenantId, idKey: new Uint8Array() }, acceptance.accepted, 'system', receivedAt)
}

export async function appendSamples(tenantId: string, from: number, to: number): Promise<void> {
  await append(Array.from({ length: to - from }, (_, i) => sampleRow(tenantId, from + i)))
}

async function headOf(owner: Sql, tenantId: string) {
  const [head] = await owner`
    select size::int as size, note from log_heads where tenant_id = ${tenantId}`
  if (!head) throw new Error('the trail has no log')
  return head as unknown as { size: number; note: string }
}

/** The checkpoint of now, kept as the sealer keeps the first of each hour. */
async function keepCheckpoint(owner: Sql, tenantId: string): Promise<string> {
  await owner`insert into log_checkpoints (tenant_id, epoch, size, note, signed_at)
    select tenant_id, epoch, size, note, signed_at from log_heads where tenant_id = ${tenantId}`
  return (await headOf(owner, tenantId)).note
}

/** A trail of exactly `size` events, sealed in two steps, of which a checkpoint of `keptSize` was kept. */
export async function makeSealedTrail(owner: Sql, size = 600, keptSize = 300): Promise<SealedTrail> {
  const scope = await newMemberScope()
  const { tenantId } = scope
  const { secret } = await createToken(scope, { name: 'auditor', scopes: ['events:read'] })
  await sealNow()
  const { size: begun } = await headOf(owner, tenantId)
  await appendSamples(tenantId, begun, keptSize)
  await sealNow()
  const oldNote = await keepCheckpoint(owner, tenantId)
  await appendSamples(tenantId, keptSize, size)
  await sealNow()
  const { note } = await headOf(owner, tenantId)
  return { scope, tenantId, size, secret, policy: await policyOf(scope), oldNote, note }
}
