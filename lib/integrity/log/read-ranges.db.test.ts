import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { tenantTransaction } from '@/db/client'
import { useTestDatabase } from '@/db/testing/test-database'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { NaiveTree, naiveLeaves } from '@/lib/integrity/tree/testing/naive-tree'
import { completedTiles } from '@/lib/integrity/tree/tile'
import { readConsistency, readInclusion, readRanges } from './read-ranges'

const database = useTestDatabase()

const SMALL = 1100
/** One more than a full tile of level 1 and a full one of level 0 above it. */
const LARGE = 65_536 + 256 + 1

const tenantId = randomUUID()
const small = new NaiveTree(naiveLeaves(SMALL))
const large = new NaiveTree(naiveLeaves(LARGE))

/** The leaves as rows and the full tiles of `sealed` leaves, as the sealer leaves them behind. */
async function seal(tenant: string, tree: NaiveTree, sealed: number) {
  const sql = database.owner()
  const tiles = tree.tiles(sealed)
  const rows = completedTiles(0, sealed).map(({ level, index }) => {
    const span = 256 ** (level + 1)
    const data = tiles.get(`${level}/${index}`) ?? Buffer.alloc(0)
    const root = tree.root(index * span, (index + 1) * span)
    return { tenant_id: tenant, level, idx: index, data, root }
  })
  for (const row of rows) await sql`insert into log_tiles ${sql(row)}`
}

beforeAll(async () => {
  const sql = database.owner()
  await sql`insert into tenants ${sql({ id: tenantId, slug: 'tree', name: 'Tree', id_key: randomBytes(32) })}`
  const hex = (tree: NaiveTree) => tree.leaves.map((leaf) => leaf.toString('hex')).join(',')
  await sql`insert into events (tenant_id, seq, id, received_at, occurred_at, level, type, action, origin, body, seed, leaf_hash)
    select ${tenantId}, n - 1, gen_random_uuid(), now(), now(), 0, 't', 'a', 'test', '{}', '', decode(leaf, 'hex')
    from unnest(string_to_array(${hex(small)}, ',')) with ordinality as x (leaf, n)`
  await sql`insert into anchor_entries (seq, entry, leaf_hash)
    select n - 1, '', decode(leaf, 'hex') from unnest(string_to_array(${hex(large)}, ',')) with ordinality as x (leaf, n)`
  await seal(tenantId, small, SMALL)
  await seal(ANCHOR_TENANT_ID, large, LARGE)
})

describe('proofs from rows and tiles are those of RFC 6962', () => {
  test('for sizes around every boundary, also of trees that have grown since', async () => {
    const sizes = [1, 2, 3, 255, 256, 257, 511, 512, 513, 768, 1023, 1024, 1025, SMALL]
    await tenantTransaction(tenantId, async (tx) => {
      for (const size of sizes) {
        for (const index of [0, 1, 254, 255, 256, size - 2, size - 1].filter((n) => n >= 0 && n < size))
          expect(await readInclusion(tx, tenantId, index, size)).toEqual(small.inclusion(index, size))
        for (const from of [0, ...sizes].filter((n) => n <= size))
          expect(await readConsistency(tx, tenantId, from, size)).toEqual(small.consistency(from, size))
      }
    })
  })

  test('for the anchor log, whose leaves are no events, beyond a full tile of level 1', async () => {
    await tenantTransaction(ANCHOR_TENANT_ID, async (tx) => {
      for (const size of [65_535, 65_536, 65_537, 65_792, LARGE]) {
        for (const index of [0, 255, 40_000, 65_534, size - 1])
          expect(await readInclusion(tx, ANCHOR_TENANT_ID, index, size)).toEqual(large.inclusion(index, size))
        for (const from of [1, 256, 65_535])
          expect(await readConsistency(tx, ANCHOR_TENANT_ID, from, size)).toEqual(
            large.consistency(from, size),
          )
      }
    })
  })
})

test('retention may drop rows under full tiles: proofs stay', async () => {
  await tamperWith(database, `delete from events where tenant_id = '${tenantId}' and seq < 512`)
  await tenantTransaction(tenantId, async (tx) => {
    expect(await readInclusion(tx, tenantId, 3, 300)).toEqual(small.inclusion(3, 300))
    expect(await readConsistency(tx, tenantId, 7, SMALL)).toEqual(small.consistency(7, SMALL))
  })
})

test('a row that somebody dropped under a tile that is not full is an error, never a wrong proof', async () => {
  await tamperWith(database, `delete from events where tenant_id = '${tenantId}' and seq = 1050`)
  await tenantTransaction(tenantId, async (tx) => {
    await expect(readInclusion(tx, tenantId, 1030, SMALL)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('1024 to'),
    })
  })
})

test('another tenant reads no hash of the tree', async () => {
  const attempt = tenantTransaction(ANCHOR_TENANT_ID, (tx) =>
    readRanges(tx, tenantId, [{ start: 0, end: 256 }], 256),
  )
  await expect(attempt).rejects.toMatchObject({ code: 'conflict' })
})
