import { createPublicKey, verify } from 'node:crypto'
import { sha256 } from '@/lib/integrity/sha256'
import type { Primitives } from './primitives'

/** SubjectPublicKeyInfo around an Ed25519 public key, RFC 8410. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

export const nodePrimitives: Primitives = {
  sha256: (data) => sha256(data, 'latin1'),
  verifyEd25519(publicKey, message, signature) {
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' })
    return verify(null, message, key, signature)
  },
}
