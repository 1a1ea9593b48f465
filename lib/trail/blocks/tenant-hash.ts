import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { tenants } from '@/db/schema/tenants'
import { type HashTerm, makeHashTerm } from './term-hash'

/** Tenants remembered; their keys never change. */
const MAX_KNOWN = 10_000
const known = new Map<string, HashTerm>()

/** How the terms of this tenant are hashed, from the key that it derives its event ids with. */
export async function readHashTerm(tx: Transaction, tenantId: string): Promise<HashTerm> {
  const remembered = known.get(tenantId)
  if (remembered) return remembered
  const [tenant] = await tx.select({ idKey: tenants.idKey }).from(tenants).where(eq(tenants.id, tenantId))
  if (!tenant) throw new Error('A trail without a tenant has no index.')
  const digest = createHash('sha256').update('block index terms').update(tenant.idKey).digest()
  const hashTerm = makeHashTerm(digest.readInt32LE(0), digest.readInt32LE(4))
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(tenantId, hashTerm)
  return hashTerm
}
