import { sign } from 'node:crypto'
import type { NoteKey } from '@/lib/integrity/checkpoint/note-key'
import { sha256 } from '@/lib/integrity/sha256'

/** One stored object. `place` names its bucket where that is not the digest's own; `sha256` is that of the text in it. */
export type DigestObject = {
  key: string
  sha256: string
  firstSeq: number
  lastSeq: number
  count: number
  place?: string
}

/** What a destination stored since its last digest. Times are RFC 3339 UTC; `until` is exclusive. */
export type Digest = {
  digest: 'spoor-digest/1'
  tenant: string
  stream: string
  /** 0, 1, 2 … without a gap. */
  number: number
  place: string
  until: string
  objects: DigestObject[]
  /** Objects that were perhaps stored and then given up, after an edit or an erasure: their events stand in others. */
  replaced: string[]
  /** `place` where it is not this digest's own. */
  previous: { key: string; sha256: string; place?: string } | null
  /** A signed note of the trail's log that covers all the events. */
  checkpoint: string
}

/**
 * A digest as it is stored: a line of JSON, and a line with an Ed25519 signature of the first, its newline included.
 * Each of the two can be read by anything that reads JSON, and the file needs nothing beside it to be verified.
 */
export function writeDigest(digest: Digest, key: NoteKey): string {
  const line = `${JSON.stringify(digest)}\n`
  const signature = sign(null, Buffer.from(line), key.privateKey).toString('base64')
  return `${line}${JSON.stringify({ key: key.vkey, signature })}\n`
}

/** The first line of a digest of our own. */
export const readDigest = (text: string): Digest => JSON.parse(text.slice(0, text.indexOf('\n')))

/** The signature of a digest of our own, base64. */
export const signatureOf = (text: string): string => JSON.parse(text.slice(text.indexOf('\n'))).signature

export const digestSha256 = (text: string): string => sha256(Buffer.from(text), 'hex')

/** The same digest for the bucket that took the place of another one: what lies in the old one is named as being there. */
export function moveDigest(digest: Digest, place: string): Digest {
  const moved = <T extends { place?: string }>({ place: at = digest.place, ...rest }: T) => ({
    ...rest,
    ...(at !== place && { place: at }),
  })
  const { objects, previous } = digest
  return { ...digest, place, objects: objects.map(moved), previous: previous && moved(previous) }
}
