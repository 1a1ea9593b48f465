import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { sha256 } from '@/lib/integrity/sha256'

/** Signature types of C2SP signed-note: the log's own line, and a cosigner's with the time. */
export const ED25519 = 0x01
export const COSIGNATURE = 0x04
export type SignatureType = typeof ED25519 | typeof COSIGNATURE

export type NoteKey = {
  name: string
  type: SignatureType
  /** First four bytes of SHA-256(name ‖ 0A ‖ type ‖ public key). */
  id: Buffer
  /** What others pin: `name+hex(id)+base64(type ‖ public key)`. */
  vkey: string
  privateKey: KeyObject
}

/** PKCS #8 around the 32 bytes of an Ed25519 seed, RFC 8410. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_KEY_BYTES = 32
/** Signed-note: a name is not empty and has neither a space nor a plus; nor may a line end in it. */
const KEY_NAME = /^[^\s+\p{Cc}\p{Z}]+$/u

/** The key of a signature line from its 32-byte Ed25519 seed. */
export function makeNoteKey(name: string, type: SignatureType, seed: Uint8Array): NoteKey {
  if (!KEY_NAME.test(name)) throw new Error(`"${name}" can't name a key: no spaces, no plus, not empty.`)
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const typed = Buffer.concat([Buffer.of(type), spki.subarray(-PUBLIC_KEY_BYTES)])
  const digest = sha256(Buffer.concat([Buffer.from(`${name}\n`), typed]), 'hex')
  const id = Buffer.from(digest.slice(0, 8), 'hex')
  return { name, type, id, vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`, privateKey }
}
