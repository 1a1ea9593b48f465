import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EMPTY_FRONTIER, extendFrontier, type Frontier, frontierRoot } from './frontier'
import { EMPTY_ROOT } from './hash-node'
import { hashRanges, tileKey, tilesOfRanges } from './hash-ranges'
import { consistencyRanges, edgeRanges, inclusionRanges, type LeafRange } from './proof-ranges'
import { NaiveTree, naiveLeaves } from './testing/naive-tree'

const MAX_SIZE = 300
const leaves = naiveLeaves(MAX_SIZE)
const naive = new NaiveTree(leaves)
const tilesOf = Array.from({ length: MAX_SIZE + 1 }, (_, size) => naive.tiles(size))
const tilesAt = (size: number) => tilesOf[size] ?? new Map<string, Buffer>()

test('the root of an empty tree is the hash of nothing', () => {
  const ofNothing = createHash('sha256').digest('hex')
  expect(EMPTY_ROOT.toString('hex')).toBe(ofNothing)
  expect(frontierRoot(EMPTY_FRONTIER).toString('hex')).toBe(ofNothing)
})

test('growing leaf by leaf gives the root of RFC 6962 at every size', () => {
  let frontier: Frontier = EMPTY_FRONTIER
  for (const [i, leaf] of leaves.entries()) {
    frontier = extendFrontier(frontier, leaf)
    expect(frontierRoot(frontier)).toEqual(naive.root(0, i + 1))
  }
})

test('growing in any steps gives the same frontier, and leaves the one before as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 8 }), (steps) => {
      let frontier: Frontier = EMPTY_FRONTIER
      let at = 0
      for (const step of steps) {
        const before = Buffer.from(frontier.hashes)
        const grown = extendFrontier(frontier, Buffer.concat(leaves.slice(at, at + step)))
        expect(Buffer.compare(frontier.hashes, before)).toBe(0)
        frontier = grown
        at = Math.min(at + step, MAX_SIZE)
      }
      expect(frontier).toEqual(extendFrontier(EMPTY_FRONTIER, Buffer.concat(leaves.slice(0, at))))
    }),
  )
})

test('a frontier that does not fit its size is refused', () => {
  expect(() => frontierRoot({ size: 3, hashes: Buffer.alloc(32) })).toThrow('3 leaves')
  expect(() => extendFrontier(EMPTY_FRONTIER, Buffer.alloc(33))).toThrow('33 bytes')
})

describe('proofs to size 300', () => {
  /** Each range is hashed once, from the tiles of the smallest tree that has it. */
  const hashed = new Map<string, string>()
  function hashOf(range: LeafRange): string {
    const key = `${range.start}-${range.end}`
    const hash = hashed.get(key) ?? hashRanges([range], tilesAt(range.end))[0]?.toString('hex') ?? ''
    hashed.set(key, hash)
    return hash
  }
  const hexes = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex')).join()

  test('inclusion of every leaf in every tree is that of RFC 6962', () => {
    for (let size = 1; size <= MAX_SIZE; size++)
      for (let index = 0; index < size; index++)
        if (inclusionRanges(index, size).map(hashOf).join() !== hexes(naive.inclusion(index, size)))
          expect.fail(`leaf ${index} of ${size}`)
    expect(hashed.size).toBeGreaterThan(MAX_SIZE)
  })

  test('consistency of every two trees is that of RFC 6962', () => {
    for (let to = 0; to <= MAX_SIZE; to++)
      for (let from = 0; from <= to; from++)
        if (consistencyRanges(from, to).map(hashOf).join() !== hexes(naive.consistency(from, to)))
          expect.fail(`${from} to ${to}`)
  })
})

test('the tiles that a proof needs are named before, and suffice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: MAX_SIZE }), fc.nat(MAX_SIZE), (size, any) => {
      const ranges = inclusionRanges(any % size, size)
      const named = tilesOfRanges(ranges, size)
      const given = new Map(named.map((tile) => [tileKey(tile), tilesAt(size).get(tileKey(tile))]))
      for (const tile of named) expect(given.get(tileKey(tile))).toHaveLength(tile.width * 32)
      expect(hashRanges(ranges, given as Map<string, Buffer>)).toEqual(naive.inclusion(any % size, size))
      expect(() => hashRanges(ranges, new Map())).toThrow('has no hash')
    }),
  )
})

test('proofs of the largest trees are planned without losing digits', () => {
  const size = Number.MAX_SAFE_INTEGER
  expect(inclusionRanges(size - 1, size)).toHaveLength(52)
  expect(consistencyRanges(2 ** 52, size)).toEqual([{ start: 2 ** 52, end: size }])
  expect(edgeRanges(size - 1, size - 1, size).left).toHaveLength(52)
  expect(() => inclusionRanges(0, 2 ** 53)).toThrow('no leaf')
  expect(() => inclusionRanges(5, 5)).toThrow('no leaf 5')
  expect(() => consistencyRanges(6, 5)).toThrow("can't be")
  expect(() => edgeRanges(3, 2, 5)).toThrow('no range')
})
