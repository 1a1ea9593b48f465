import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { env } from '@/env'

/** Whose secret, and for what: an envelope opens only under the same words, so that it can't be moved. */
export type SecretContext = { tenantId: string; purpose: string }

const ALGORITHM = 'aes-256-gcm'
const VERSION = 1
const KEY_BYTES = 32
/** Tells a changed key from a damaged envelope. */
const KEY_ID_BYTES = 4
/** NIST SP 800-38D: 96 bits, random; good for 2^32 envelopes under one key. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + KEY_ID_BYTES

function loadKey(): { key: Buffer; id: Buffer } {
  const key = Buffer.from(env.encryptionKey(), 'base64')
  if (key.length !== KEY_BYTES) throw new Error(`SPOOR_ENCRYPTION_KEY must be ${KEY_BYTES} bytes in base64.`)
  return {
    key,
    id: createHash('sha256').update('spoor-key-id\n').update(key).digest().subarray(0, KEY_ID_BYTES),
  }
}

function associatedData(header: Buffer, { tenantId, purpose }: SecretContext): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([tenantId, purpose]))])
}

/** Encrypts a secret for storage: version, key id, nonce, ciphertext, tag. */
export function encryptSecret(secret: string, context: SecretContext): Buffer {
  const { key, id } = loadKey()
  const header = Buffer.concat([Buffer.from([VERSION]), id])
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(associatedData(header, context))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([header, nonce, sealed, cipher.getAuthTag()])
}

/** The secret again. Throws if the key changed, or if the envelope was damaged or belongs to somebody else. */
export function decryptSecret(envelope: Uint8Array, context: SecretContext): string {
  const bytes = Buffer.from(envelope)
  const { key, id } = loadKey()
  const header = bytes.subarray(0, HEADER_BYTES)
  if (bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || header[0] !== VERSION)
    throw new Error('The stored secret is not an envelope of a known version.')
  if (!header.subarray(1).equals(id))
    throw new Error('The stored secret was encrypted under another SPOOR_ENCRYPTION_KEY.')
  const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(associatedData(header, context))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const sealed = bytes.subarray(HEADER_BYTES + NONCE_BYTES, -TAG_BYTES)
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8')
  } catch {
    throw new Error('The stored secret is damaged, or belongs to another tenant or purpose.')
  }
}
