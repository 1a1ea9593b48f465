import type { TestDatabase } from '@/db/testing/test-database'
import { eraseSlots } from '@/lib/integrity/evidence/erase-slots'
import { leafHash } from '@/lib/integrity/leaf'
import type { SealedTrail } from '@/lib/integrity/scrub/testing/sealed-trail'
import { hashFullTile } from '@/lib/integrity/tree/tile'

/** A fresh sealed trail in the hands of a superuser of its database, past every trigger. */
export type Victim = SealedTrail & {
  database: TestDatabase
  /** Runs statements; `:t` stands for the tenant, quoted. */
  run(statements: string): Promise<void>
}

async function rowOf({ database, tenantId }: Victim, seq: number) {
  const [row] = await database.owner()`
    select id, body, seed, received_at from events where tenant_id = ${tenantId} and seq = ${seq}`
  return row as unknown as { id: string; body: string; seed: Buffer; received_at: Date }
}

/** Another actor in body, columns and leaf hash alike; gives the new leaf. */
export async function forgeEvent(victim: Victim, seq: number): Promise<Buffer> {
  const { id, body, seed, received_at } = await rowOf(victim, seq)
  const event = JSON.parse(body)
  event.actor.login = 'mallory@example.com'
  const leaf = Buffer.from(leafHash(event, seed, id, received_at.toISOString()), 'hex')
  await victim.database.owner().begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`update events set body = ${JSON.stringify(event)}, actor_login = 'mallory@example.com', leaf_hash = ${leaf}
      where tenant_id = ${victim.tenantId} and seq = ${seq}`
  })
  return leaf
}

/** The same with its leaf in the tile, and the tile's own root. */
export async function forgeTile(victim: Victim, seq: number): Promise<void> {
  const leaf = await forgeEvent(victim, seq)
  const sql = victim.database.owner()
  const index = Math.floor(seq / 256)
  const [row] =
    await sql`select data from log_tiles where tenant_id = ${victim.tenantId} and level = 0 and idx = ${index}`
  const data = Buffer.from(row?.data as Buffer)
  leaf.copy(data, (seq % 256) * 32)
  await victim.run(`update log_tiles set data = '\\x${data.toString('hex')}', root = '\\x${hashFullTile(data).toString('hex')}'
    where tenant_id = :t and level = 0 and idx = ${index}`)
}

export async function eraseSilently(victim: Victim, seq: number): Promise<void> {
  const { body, seed } = await rowOf(victim, seq)
  const { event, redaction } = eraseSlots(JSON.parse(body), { seed }, ['/actor/login'])
  await victim.database.owner().begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`update events set body = ${JSON.stringify(event)}, actor_login = null, seed = null,
      redaction = ${JSON.stringify(redaction)}::text::jsonb where tenant_id = ${victim.tenantId} and seq = ${seq}`
  })
}
