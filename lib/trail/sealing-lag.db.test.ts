import { expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { acceptEvent } from '@/lib/event/accept-event'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { append } from './append'
import { toEventRow } from './event-row'
import { receivedNow } from './received-now'
import { MAX_UNSEALED } from './sealing-lag'

const database = useTestDatabase()

function appendOne({ tenantId }: TenantScope) {
  const receivedAt = receivedNow()
  const acceptance = acceptEvent({ type: 'account', action: 'signed in' }, receivedAt)
  if ('violations' in acceptance) throw new Error('the sample event is not valid')
  return append([
    toEventRow({ tenantId, idKey: new Uint8Array() }, acceptance.accepted, 'system', receivedAt),
  ])
}

test('a trail that the sealer is too far behind of takes no more, another one does, until it is sealed', async () => {
  const [scope, other] = [await newMemberScope(), await newMemberScope()]
  await sealNow()
  const sql = database.owner()
  // As if so many events had come: the sealer's end is what counts.
  await sql`update trail_heads set next_seq = next_seq + ${MAX_UNSEALED} where tenant_id = ${scope.tenantId}`
  await appendOne(scope)
  await vi.waitFor(() => expect(appendOne(scope)).rejects.toMatchObject({ code: 'unavailable' }))
  await expect(appendOne(other)).resolves.toMatchObject([{ duplicate: false }])
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update log_heads set size = ${MAX_UNSEALED} where tenant_id = ${scope.tenantId}`
  })
  await vi.waitFor(() => expect(appendOne(scope)).resolves.toMatchObject([{ duplicate: false }]), {
    timeout: 5_000,
  })
})
