const CHUNK_BITS = 65_536

/** A set of indexes at a bit each: a hundred million take as much memory as a large picture. */
export class IndexSet {
  private readonly chunks = new Map<number, Uint8Array>()

  /** False if the index was there already. */
  add(index: number): boolean {
    const key = Math.floor(index / CHUNK_BITS)
    const bit = index % CHUNK_BITS
    let chunk = this.chunks.get(key)
    if (!chunk) {
      chunk = new Uint8Array(CHUNK_BITS / 8)
      this.chunks.set(key, chunk)
    }
    const mask = 1 << (bit & 7)
    const before = chunk[bit >> 3] ?? 0
    chunk[bit >> 3] = before | mask
    return (before & mask) === 0
  }
}
