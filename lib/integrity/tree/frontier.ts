import { EMPTY_ROOT, HASH_BYTES, hashNode } from './hash-node'

/**
 * The right edge of a tree (a compact range from 0): all that is needed to append leaves and to know the root.
 * `hashes` are the roots of its perfect subtrees, largest first, 32 bytes each, one after the other.
 */
export type Frontier = { size: number; hashes: Buffer }

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: Buffer.alloc(0) }

/** Perfect subtrees of a tree: as many as its size has ones in binary. */
function countSubtrees(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

function subtrees({ size, hashes }: Frontier): Buffer[] {
  if (!Number.isSafeInteger(size) || size < 0 || hashes.length !== countSubtrees(size) * HASH_BYTES)
    throw new Error(`The frontier of a tree of ${size} leaves can't have ${hashes.length} bytes.`)
  const count = hashes.length / HASH_BYTES
  return Array.from({ length: count }, (_, i) => hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))
}

/** Appends leaf hashes, 32 bytes each, one after the other. The frontier that is given stays as it is. */
export function extendFrontier(frontier: Frontier, leaves: Uint8Array): Frontier {
  if (leaves.length % HASH_BYTES !== 0)
    throw new Error(`${leaves.length} bytes are no sequence of leaf hashes.`)
  const stack = subtrees(frontier)
  let size = frontier.size
  for (let at = 0; at < leaves.length; at += HASH_BYTES) {
    let hash: Uint8Array = leaves.subarray(at, at + HASH_BYTES)
    // A subtree ends where the count before has a one: it joins its left sibling, and so on upwards.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2))
      hash = hashNode(stack.pop() as Buffer, hash)
    stack.push(Buffer.from(hash))
    size++
  }
  return { size, hashes: Buffer.concat(stack) }
}

/** The RFC 6962 root of the whole tree, 32 bytes. */
export function frontierRoot(frontier: Frontier): Buffer {
  if (frontier.size === 0) return EMPTY_ROOT
  return subtrees(frontier).reduceRight((right, left) => hashNode(left, right))
}
