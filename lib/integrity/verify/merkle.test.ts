import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashRanges } from '@/lib/integrity/tree/hash-ranges'
import { edgeRanges } from '@/lib/integrity/tree/proof-ranges'
import { NaiveTree, naiveLeaves } from '@/lib/integrity/tree/testing/naive-tree'
import { isConsistent, rootFromInclusion } from './merkle'
import { nodePrimitives } from './node-primitives'
import { RootAccumulator } from './root-accumulator'

const { sha256 } = nodePrimitives
const MAX_SIZE = 300
const leaves = naiveLeaves(MAX_SIZE)
const binary = (hash: Uint8Array) => Buffer.from(hash).toString('latin1')
const naive = new NaiveTree(leaves)
const rootAt = (size: number) => binary(naive.root(0, size))
const leafAt = (index: number) => binary(leaves[index] ?? Buffer.alloc(0))
const pathOf = (index: number, size: number) => naive.inclusion(index, size).map(binary)
const proofOf = (from: number, to: number) => naive.consistency(from, to).map(binary)

test('every inclusion proof to size 300 is accepted, and for no other leaf', () => {
  for (let size = 1; size <= MAX_SIZE; size++)
    for (let index = 0; index < size; index++) {
      const path = pathOf(index, size)
      if (rootFromInclusion(sha256, index, size, leafAt(index), path) !== rootAt(size))
        expect.fail(`leaf ${index} of ${size} is refused`)
      if (rootFromInclusion(sha256, index, size, leafAt((index + 1) % MAX_SIZE), path) === rootAt(size))
        expect.fail(`another leaf than ${index} of ${size} is accepted`)
    }
})

test('every consistency proof to size 300 is accepted', () => {
  for (let to = 0; to <= MAX_SIZE; to++)
    for (let from = 0; from <= to; from++) {
      const proof = proofOf(from, to)
      const [older, newer] = [
        { size: from, root: rootAt(from) },
        { size: to, root: rootAt(to) },
      ]
      if (!isConsistent(sha256, older, newer, proof)) expect.fail(`${from} to ${to} is refused`)
    }
})

test('a proof that is longer, shorter, reversed, of another place or of another size is refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: MAX_SIZE }), fc.nat(), fc.nat(31), (size, any, byte) => {
      const index = any % size
      const path = pathOf(index, size)
      const leaf = leafAt(index)
      const refused = (i: number, n: number, hashes: string[]) =>
        expect(rootFromInclusion(sha256, i, n, leaf, hashes)).not.toBe(rootAt(size))
      refused(index, size, [...path, leaf])
      refused(index, size, path.slice(1))
      refused(index, size, path.slice(0, -1))
      if (path.length > 1) refused(index, size, [...path].reverse())
      refused((index + 1) % size, size, path)
      refused(size, size, path)
      const [first = '', ...rest] = path
      const flipped = String.fromCharCode(first.charCodeAt(byte) ^ 1)
      refused(index, size, [first.slice(0, byte) + flipped + first.slice(byte + 1), ...rest])
    }),
  )
})

test('trees that are no continuation of each other are not consistent', () => {
  const forked = new NaiveTree(leaves.map((leaf, i) => (i === 3 ? Buffer.alloc(32, 1) : leaf)))
  for (let to = 5; to <= 40; to++) {
    const newer = { size: to, root: binary(forked.root(0, to)) }
    for (let from = 4; from < to; from++) {
      const proof = forked.consistency(from, to).map(binary)
      expect(isConsistent(sha256, { size: from, root: rootAt(from) }, newer, proof)).toBe(false)
      const older = { size: from, root: binary(forked.root(0, from)) }
      expect(isConsistent(sha256, older, newer, proof)).toBe(true)
      expect(isConsistent(sha256, older, newer, proof.slice(1))).toBe(false)
      expect(isConsistent(sha256, older, newer, [...proof, rootAt(1)])).toBe(false)
      expect(isConsistent(sha256, newer, older, proof)).toBe(false)
    }
  }
  expect(isConsistent(sha256, { size: 0, root: rootAt(1) }, { size: 5, root: rootAt(5) }, [])).toBe(false)
  expect(isConsistent(sha256, { size: 5, root: rootAt(4) }, { size: 5, root: rootAt(5) }, [])).toBe(false)
})

test('any range with its two edges makes the root, and with any other edge does not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_SIZE }), fc.nat(), fc.nat(), (size, a, b) => {
      const [from = 0, to = 0] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y)
      const { left, right } = edgeRanges(from, to, size)
      const edges = [left, right].map((ranges) => hashRanges(ranges, naive.tiles(size)).map(binary))
      const [leftHashes = [], rightHashes = []] = edges
      const accumulator = new RootAccumulator(sha256)
      expect(accumulator.pushUpTo(from, leftHashes)).toBe(true)
      for (let i = from; i < to; i++) accumulator.push(leafAt(i))
      expect(new RootAccumulator(sha256).pushUpTo(from, [...leftHashes, leafAt(0)])).toBe(false)
      if (from > 0) expect(new RootAccumulator(sha256).pushUpTo(from, leftHashes.slice(1))).toBe(false)
      expect(accumulator.pushUpTo(size, rightHashes)).toBe(true)
      expect(accumulator.root()).toBe(rootAt(size))
    }),
  )
})

test('a range proof of a million events has at most two hashes a level', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (a, b) => {
      const { left, right } = edgeRanges(Math.min(a, b), Math.max(a, b), 1_000_000)
      expect(left.length + right.length).toBeLessThanOrEqual(40)
    }),
  )
})
