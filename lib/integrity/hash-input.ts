/** Almost everything that is hashed is shorter: salts, digests, the digests of forty slots. */
const MAX_CACHED_VIEW_BYTES = 2048

/**
 * Bytes to be hashed, reused between calls: hashing is synchronous, and a fresh buffer and view a hash would
 * double its cost (measured).
 */
export class HashInput {
  private buffer = Buffer.alloc(4096)
  private readonly views: Uint8Array[] = []

  /** What every input begins with. */
  constructor(prefix: Uint8Array) {
    this.buffer.set(prefix)
  }

  /** Room for `bytes`; what was written before stays. */
  reserve(bytes: number): Buffer {
    if (this.buffer.length < bytes) {
      const larger = Buffer.alloc(bytes * 2)
      larger.set(this.buffer)
      this.buffer = larger
      this.views.length = 0
    }
    return this.buffer
  }

  first(bytes: number): Uint8Array {
    const cached = this.views[bytes]
    if (cached) return cached
    const view = this.buffer.subarray(0, bytes)
    if (bytes < MAX_CACHED_VIEW_BYTES) this.views[bytes] = view
    return view
  }
}
