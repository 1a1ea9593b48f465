import { nodeHashOf } from './hash-text'
import type { Hash, Primitives } from './primitives'

type Sha256 = Primitives['sha256']

const isOdd = (n: number) => n % 2 === 1
const half = (n: number) => Math.floor(n / 2)

/** The root that an inclusion proof leads to, RFC 9162 section 2.1.3.2; undefined if it can't be one. */
export function rootFromInclusion(
  sha256: Sha256,
  index: number,
  size: number,
  leaf: Hash,
  path: readonly Hash[],
): Hash | undefined {
  if (index >= size) return undefined
  let node = index
  let last = size - 1
  let root = leaf
  for (const sibling of path) {
    if (last === 0) return undefined
    if (isOdd(node) || node === last) {
      root = nodeHashOf(sha256, sibling, root)
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else root = nodeHashOf(sha256, root, sibling)
    node = half(node)
    last = half(last)
  }
  return last === 0 ? root : undefined
}

type Tree = { size: number; root: Hash }

const isPowerOfTwo = (n: number) => {
  let rest = n
  while (rest > 1 && !isOdd(rest)) rest = half(rest)
  return rest === 1
}

/** Whether the older tree begins the newer one, RFC 9162 section 2.1.4.2. Both roots are trusted already. */
export function isConsistent(sha256: Sha256, older: Tree, newer: Tree, proof: readonly Hash[]): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && older.root === newer.root
  // Every tree begins with nothing: only the root of nothing has to be right.
  if (older.size === 0) return proof.length === 0 && older.root === sha256(new Uint8Array())
  const [start, ...path] = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof
  if (start === undefined) return false
  let node = older.size - 1
  let last = newer.size - 1
  while (isOdd(node)) {
    node = half(node)
    last = half(last)
  }
  let oldRoot = start
  let newRoot = start
  for (const sibling of path) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      oldRoot = nodeHashOf(sha256, sibling, oldRoot)
      newRoot = nodeHashOf(sha256, sibling, newRoot)
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else newRoot = nodeHashOf(sha256, newRoot, sibling)
    node = half(node)
    last = half(last)
  }
  return last === 0 && oldRoot === older.root && newRoot === newer.root
}
