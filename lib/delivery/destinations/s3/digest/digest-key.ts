import type { Secrets } from '@/lib/delivery/destinations/contract'
import { ED25519, makeNoteKey, type NoteKey } from '@/lib/integrity/checkpoint/note-key'

/** Digest keys are told apart by their ids; the name only says what they are for. */
const KEY_NAME = 'spoor-digest'

/** The Ed25519 key that signs a destination's digests, from its 32-byte seed. */
export function digestKeyOf(seed: Uint8Array): NoteKey {
  return makeNoteKey(KEY_NAME, ED25519, seed)
}

/** The key among a destination's secrets. */
export function digestKeyIn({ digestKey }: Secrets): NoteKey {
  if (!digestKey) throw new Error('The destination has no key to sign its digests with.')
  return digestKeyOf(Buffer.from(digestKey, 'base64'))
}
