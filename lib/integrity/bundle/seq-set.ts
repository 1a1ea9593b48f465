import { type Bitmap, hasBit, setBit } from '@/lib/trail/blocks/bitmap'
import type { SeqRange } from '@/lib/trail/blocks/search-blocks'

/** Seqs of a range at a bit each, allocated with the first: however many there are, a million take 125 kB. */
export class SeqSet {
  private bits: Bitmap | undefined
  /** The smallest; undefined while there is none. */
  first: number | undefined

  constructor(private readonly range: SeqRange) {}

  add(seq: number): void {
    const { from, to } = this.range
    this.bits ??= new Uint32Array(Math.ceil((to - from) / 32))
    setBit(this.bits, seq - from)
    this.first = Math.min(this.first ?? seq, seq)
  }

  has(seq: number): boolean {
    const { from, to } = this.range
    return this.bits !== undefined && seq >= from && seq < to && hasBit(this.bits, seq - from)
  }
}
