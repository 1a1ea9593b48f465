import { binaryOf, bytesOf, decodeBase64 } from './encoding'
import type { Hash, Primitives } from './primitives'

export const LOG_KEY = 0x01
export const COSIGNER_KEY = 0x04
const PUBLIC_KEY_LENGTH = 32
const VKEY = /^([^\s+\p{Z}]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u
const encoder = new TextEncoder()

/** A key that the verifier's user pinned. `keyId` and `publicKey` are binary strings. */
export type PinnedKey = { name: string; keyId: string; type: number; publicKey: Hash }

/** Reads `name+hex(key id)+base64(type ‖ public key)`. Throws if it is not one, or its id is of another key. */
export function parseVkey(sha256: Primitives['sha256'], vkey: string): PinnedKey {
  const [, name, id, base64] = VKEY.exec(vkey) ?? []
  const typed = base64 === undefined ? undefined : decodeBase64(base64)
  if (name === undefined || typed?.length !== 1 + PUBLIC_KEY_LENGTH)
    throw new Error(`"${vkey}" is no verifier key: name+id+key with an Ed25519 key is expected.`)
  const keyId = sha256(bytesOf(`${binaryOf(encoder.encode(name))}\n${typed}`)).slice(0, 4)
  const hex = Array.from(keyId, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  if (hex !== id) throw new Error(`The key of ${name} has the id ${hex}, not ${id}: was it copied in full?`)
  return { name, keyId, type: typed.charCodeAt(0), publicKey: typed.slice(1) }
}
