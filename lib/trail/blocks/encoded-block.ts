/**
 * One row of the block index: one block, or sixteen merged. All parts are immutable, and derived from the events alone.
 * Integers are little-endian.
 */
export type EncodedBlock = {
  firstSeq: number
  /** 1, or MERGED_BLOCKS. */
  blocks: number
  /** Earliest and latest `occurredAt`, in milliseconds since 1970. */
  minAt: number
  maxAt: number
  /** Slices of the signature, a power of two. */
  slices: number
  /** Bit `group` of slice `s` stands in byte `s * blocks * SLICE_BYTES + (group >> 3)`. */
  signature: Buffer
  /** Entries of DIRECTORY_ENTRY bytes, ascending by hash: a, b, offset and length of the term's postings. */
  directory: Buffer
  postings: Buffer
  words: Buffer
  /** `occurredAt` of every event. */
  times: Buffer
  /** Values of the facets of every event. */
  facets: Buffer
}

/** Four 32-bit numbers. */
export const DIRECTORY_ENTRY = 16
