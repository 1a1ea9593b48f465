import { sha256 } from '@/lib/integrity/sha256'

export const HASH_BYTES = 32
/** RFC 6962: the root of a tree without leaves, SHA-256 of nothing. */
export const EMPTY_ROOT = Buffer.from(sha256(new Uint8Array(), 'latin1'), 'latin1')

/** RFC 6962: what is hashed is a node and not a leaf. */
const NODE_PREFIX = 1
const input = Buffer.alloc(1 + 2 * HASH_BYTES)
input[0] = NODE_PREFIX

/** SHA-256(01 ‖ left ‖ right), RFC 6962 section 2.1. */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  input.set(left, 1)
  input.set(right, 1 + HASH_BYTES)
  return Buffer.from(sha256(input, 'latin1'), 'latin1')
}

/** Root of the perfect tree over `hashes`, a power of two of them, one after the other. */
export function hashPerfectTree(hashes: Uint8Array): Buffer {
  const level = Buffer.from(hashes)
  for (let width = level.length; width > HASH_BYTES; width /= 2)
    for (let at = 0; at < width; at += 2 * HASH_BYTES) {
      level.copy(input, 1, at, at + 2 * HASH_BYTES)
      level.write(sha256(input, 'latin1'), at / 2, 'latin1')
    }
  return Buffer.from(level.subarray(0, HASH_BYTES))
}
