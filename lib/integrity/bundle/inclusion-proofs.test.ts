import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NaiveTree, naiveLeaves } from '@/lib/integrity/tree/testing/naive-tree'
import { type Tile, tileWidth } from '@/lib/integrity/tree/tile'
import { InclusionProofs } from './inclusion-proofs'

/** Tiles of a tree as the database gives them, and which of them were asked for. */
function tilesOf(tree: NaiveTree, size: number) {
  const asked: string[] = []
  const all = tree.tiles(size)
  const readTiles = async (tiles: readonly Tile[]) => {
    const found = tiles.map(({ level, index, width }): [string, Uint8Array] => {
      expect(width).toBe(tileWidth({ level, index }, size))
      const key = `${level}/${index}`
      asked.push(key)
      return [key, (all.get(key) as Uint8Array).subarray(0, width * 32)]
    })
    return new Map(found)
  }
  return { asked, proofs: new InclusionProofs(readTiles, size) }
}

const SIZES = [1, 2, 3, 255, 256, 257, 511, 512, 513, 767, 768, 1000, 1024, 1025]

test.each(SIZES)('every proof of a tree of %i is the one of RFC 6962', async (size) => {
  const tree = new NaiveTree(naiveLeaves(size))
  const indexes = Array.from({ length: size }, (_, i) => i)
  const made = await tilesOf(tree, size).proofs.prove(indexes)
  expect(made).toEqual(indexes.map((index) => tree.inclusion(index, size)))
})

test('beyond a full tile of level 1, however the indexes are spread over calls', {
  timeout: 30_000,
}, async () => {
  const size = 65_536 + 3 * 256 + 7
  const tree = new NaiveTree(naiveLeaves(size))
  const index = fc.integer({ min: 0, max: size - 1 })
  const chosen = fc.array(fc.uniqueArray(index, { maxLength: 150 }), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(chosen, async (calls) => {
      const { proofs } = tilesOf(tree, size)
      for (const indexes of calls)
        expect(await proofs.prove(indexes)).toEqual(indexes.map((i) => tree.inclusion(i, size)))
    }),
    { numRuns: 5 },
  )
})

test('a tile is read once while the indexes ascend', async () => {
  const size = 4096
  const { asked, proofs } = tilesOf(new NaiveTree(naiveLeaves(size)), size)
  for (let from = 0; from < size; from += 300)
    await proofs.prove(Array.from({ length: Math.min(300, size - from) }, (_, i) => from + i))
  expect(asked.length).toBe(new Set(asked).size)
  expect(asked.length).toBe(size / 256 + 1)
})

test('a missing tile is an error, never a wrong proof', async () => {
  const { proofs } = tilesOf(new NaiveTree(naiveLeaves(600)), 600)
  const without = new InclusionProofs(async () => new Map(), 600)
  await expect(without.prove([3])).rejects.toThrow('has no')
  await expect(proofs.prove([600])).rejects.toThrow('There is no leaf 600')
})
