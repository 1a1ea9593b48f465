import { sha256 } from '@/lib/integrity/sha256'
import { HASH_BYTES } from '@/lib/integrity/tree/hash-node'

const ENTRY_START = Buffer.from('trail-anchor-v1\n')
/** RFC 6962: what is hashed is a leaf. */
const LEAF_START = Buffer.of(0)

const hash = (bytes: Uint8Array) => Buffer.from(sha256(bytes, 'latin1'), 'latin1')

/** The signed text of a checkpoint: its three lines, the last newline included. */
export const signedTextOf = (note: string): string => note.slice(0, note.lastIndexOf('\n\n') + 1)

/** SHA-256 over a checkpoint's signed text, 32 bytes: what is anchored, and what a time stamp is asked for. */
export const hashSignedText = (note: string): Buffer => hash(Buffer.from(signedTextOf(note)))

/** A checkpoint's entry in the anchor log, 48 bytes that tell nobody whose it is, and its RFC 6962 leaf hash. */
export function anchorEntry(note: string): { entry: Buffer; leafHash: Buffer } {
  const entry = Buffer.concat([ENTRY_START, hashSignedText(note)], ENTRY_START.length + HASH_BYTES)
  return { entry, leafHash: hash(Buffer.concat([LEAF_START, entry])) }
}
