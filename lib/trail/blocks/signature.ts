import { countBits, or } from './bitmap'
import { MAX_DENSITY, MAX_SLICES, MIN_SLICES, SLICE_BYTES, TERM_BITS } from './layout'
import { hashOpenly, sliceOf, type TermHash } from './term-hash'

/** The term of three neighbouring letters in a rare word. */
export const tripleTerm = (triple: string): TermHash => hashOpenly('triple', triple)

/** Three neighbouring code units each, without repetition; none in words of fewer. */
export function triplesOf(word: string): string[] {
  const triples = new Set<string>()
  for (let i = 0; i + 3 <= word.length; i++) triples.add(word.slice(i, i + 3))
  return [...triples]
}

/**
 * A bit-sliced signature: for each of `slices` positions a bitmap over the block's groups. A term sets TERM_BITS
 * positions, a triple one; a group can only have a term if all of its positions are set (Bloom 1970, read by
 * column as BitFunnel does), so a search reads a few slices, whatever the block holds. It is filled at its largest
 * and folded to what is needed, so that no block takes more memory than another.
 */
export class SignatureBuilder {
  private bits = new Uint32Array((MAX_SLICES * SLICE_BYTES) / 4)

  private add(slice: number, group: number): void {
    const at = slice * (SLICE_BYTES / 4) + (group >> 5)
    this.bits[at] = (this.bits[at] as number) | (1 << (group & 31))
  }

  addTerm(a: number, b: number, group: number): void {
    for (let i = 0; i < TERM_BITS; i++) this.add(sliceOf({ a, b }, i, MAX_SLICES), group)
  }

  addTriples(word: string, group: number): void {
    for (let i = 0; i + 3 <= word.length; i++)
      this.add(sliceOf(tripleTerm(word.slice(i, i + 3)), 0, MAX_SLICES), group)
  }

  /** Halves the signature while it stays sparse: half as many positions keep the low bits of each. */
  encode(): { slices: number; signature: Buffer } {
    let slices = MAX_SLICES
    let bits = this.bits
    while (slices > MIN_SLICES) {
      const half = bits.slice(0, bits.length / 2)
      or(half, bits.subarray(half.length))
      if (countBits(half) / (half.length * 32) > MAX_DENSITY) break
      bits = half
      slices /= 2
    }
    return { slices, signature: Buffer.from(bits.buffer, bits.byteOffset, bits.byteLength) }
  }
}
