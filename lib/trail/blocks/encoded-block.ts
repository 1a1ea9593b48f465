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
  /** The first hash `a` of each page of DIRECTORY_PAGE entries: which page to read for a term. */
  directoryPages: Buffer
  postings: Buffer
  words: Buffer
  /** `occurredAt` of every event. */
  times: Buffer
  /** Values of the facets of every event. */
  facets: Buffer
}

/** Four 32-bit numbers. */
export const DIRECTORY_ENTRY = 16
/** Entries of a page of the directory: a kilobyte, of which a row has some sixty. */
export const DIRECTORY_PAGE = 64
