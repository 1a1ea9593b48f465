/** A term as two independent 32-bit hashes: equal for equal terms, and for others with a chance of 2^-64. */
export type TermHash = { a: number; b: number }

/** Stands between kind and value, so that `type=admin` is not `action=admin`. */
const SEPARATOR = 0x1f

/** Murmur3's mixing of one accumulator, over UTF-16 code units; no security rests on it. */
function feed(hash: number, text: string, multiplier: number, turn: number): number {
  let h = hash
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), multiplier)
    h = (h << turn) | (h >>> (32 - turn))
  }
  return h
}

function finish(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The hash of a value of a kind (`type`, `actor`, a path in `data` …). It is stored: changing it means a new index. */
export type HashTerm = (kind: string, value: string) => TermHash

/**
 * Under two secret numbers, or whoever sends events could find a value that has the hash of another one, and hide
 * from a reader who excludes that.
 */
export function makeHashTerm(seedA: number, seedB: number): HashTerm {
  return (kind, value) => {
    const kindA = feed(seedA, kind, 0xcc9e2d51, 13) ^ SEPARATOR
    const kindB = feed(seedB, kind, 0x85ebca6b, 15) ^ SEPARATOR
    return {
      a: finish(feed(Math.imul(kindA, 0xcc9e2d51), value, 0xcc9e2d51, 13) ^ value.length),
      b: finish(feed(Math.imul(kindB, 0x85ebca6b), value, 0x85ebca6b, 15) ^ value.length),
    }
  }
}

/** For what is a perhaps anyway: letters of rare words. */
export const hashOpenly = makeHashTerm(0x9747b28c, 0x3c6ef372)

/** The `i`-th slice of a term in a signature of that many slices (a power of two). */
export function sliceOf({ a, b }: TermHash, i: number, slices: number): number {
  return (Math.imul(i, b | 1) + a) & (slices - 1)
}
