import type { TestDatabase } from '@/db/testing/test-database'
import { deriveClockKey, deriveLogKey } from '@/lib/integrity/checkpoint/derive-keys'
import { signCheckpoint } from '@/lib/integrity/checkpoint/sign-checkpoint'
import { EMPTY_FRONTIER, extendFrontier } from '@/lib/integrity/tree/frontier'
import { NaiveTree } from '@/lib/integrity/tree/testing/naive-tree'
import { completedTiles } from '@/lib/integrity/tree/tile'

/** How a forger signs: with the genuine secret (the operator), or another one whose public keys he puts in place. */
export type Forger = { masterSecret: Buffer; exchangesKeys: boolean }

/**
 * Makes tiles, head and latest checkpoint anew from the rows as they are, up to `size`, as whoever owns the database
 * and some key can. `keepsNote`: all but the signature is exchanged.
 */
export async function rewriteLog(
  database: TestDatabase,
  tenantId: string,
  size: number,
  { masterSecret, exchangesKeys }: Forger,
): Promise<void> {
  const owner = database.owner()
  const rows = await owner`
    select leaf_hash from events where tenant_id = ${tenantId} and seq < ${size} order by seq`
  const tree = new NaiveTree(rows.map(({ leaf_hash }) => leaf_hash as Buffer))
  const [log] = await owner`
    select origin, epoch, extract(epoch from signed_at)::float8 as seconds from log_heads join logs using (tenant_id, epoch)
    where tenant_id = ${tenantId}`
  const origin = log?.origin as string
  const keys = [
    deriveLogKey(masterSecret, origin, 0),
    deriveClockKey(masterSecret, origin.slice(0, origin.lastIndexOf('/log/')), 0),
  ] as const
  const root = tree.root(0, size)
  const note = signCheckpoint({ origin, size, root }, keys, log?.seconds)
  const frontier = extendFrontier(EMPTY_FRONTIER, Buffer.concat(tree.leaves)).hashes
  const tiles = tree.tiles(size)
  await owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`delete from log_tiles where tenant_id = ${tenantId}`
    for (const { level, index } of completedTiles(0, size)) {
      const span = 256 ** (level + 1)
      const hash = tree.root(index * span, (index + 1) * span)
      const data = tiles.get(`${level}/${index}`) as Buffer
      await sql`insert into log_tiles values (${tenantId}, ${level}, ${index}, ${data}, ${hash})`
    }
    await sql`update log_heads set size = ${size}, root = ${root}, frontier = ${frontier}, note = ${note}
      where tenant_id = ${tenantId}`
    await sql`update trail_heads set next_seq = ${size} where tenant_id = ${tenantId}`
    if (!exchangesKeys) return
    await sql`update log_keys set vkey = ${keys[0].vkey} where tenant_id = ${tenantId} and epoch = ${log?.epoch}`
  })
}
