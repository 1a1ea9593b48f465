/** Raise it with any change of hashes, words or encodings: rows of another version are not read, but built anew. */
export const LAYOUT_VERSION = 2

/**
 * How the block index is laid out. A block describes this many consecutive events of one tenant: few enough that the
 * events after the last block can be read one by one (some 4 ms), many enough that a block's row costs little.
 */
export const BLOCK_EVENTS = 4096
/** Blocks merged into one row once all of them exist: a trail of two million events is then 31 rows. */
export const MERGED_BLOCKS = 16
/** Neighbouring events that share a bit of the signature: a hit means that one of these may have the term. */
export const GROUP_EVENTS = 8
export const GROUPS_PER_BLOCK = BLOCK_EVENTS / GROUP_EVENTS
/** Bytes of one signature slice of one block. */
export const SLICE_BYTES = GROUPS_PER_BLOCK / 8
/** From so many events of a block on a list of them is smaller than their bits in the signature (measured: 20 bytes). */
export const FREQUENT_FROM = 4
/** Terms of a block with postings, several times what ordinary events have: merging sixteen blocks handles all at once. */
export const MAX_FREQUENT = 16_384
/** Bytes that are merged into one row: what is read and written in one value, of which a string may have twice as many. */
export const MAX_MERGED_BYTES = 128 * 1024 * 1024
/** Signature bits of a term: four at a density of 8–16 % leave at most 0.07 % of the groups as false hits. */
export const TERM_BITS = 4
/** Share of set bits that the signature is made for; between half of it and it after rounding to a power of two. */
export const MAX_DENSITY = 0.16
/** A block of events without rare terms needs no more, and one of enormous events gets false hits, not more memory. */
export const MIN_SLICES = 256
export const MAX_SLICES = 65_536

/**
 * Fields and words of one event that are indexed: more than ordinary events have by far, and few enough that a
 * block of the largest events is built in some 200 MiB. An event with more is a perhaps for every field or word.
 */
export const MAX_FIELDS_INDEXED = 128
export const MAX_WORDS_INDEXED = 128
/** Longer values are not counted among the facets: nobody reads them in a list, and a row holds 65,536. */
export const MAX_FACET_LENGTH = 256
