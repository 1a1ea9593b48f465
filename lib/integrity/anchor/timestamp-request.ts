import { randomBytes } from 'node:crypto'
import { DER, writeDer } from './der'

/** id-sha256 of RFC 5754, as an AlgorithmIdentifier whose parameters are NULL. */
export const SHA256_OID = Buffer.from('608648016503040201', 'hex')
const NONCE_BYTES = 8

export type TimestampRequest = {
  /** SHA-256 of what is stamped. */
  digest: Buffer
  /** Comes back in the answer, so that an old one is no answer; content of a positive DER INTEGER. */
  nonce: Buffer
  der: Buffer
}

/** A TimeStampReq of RFC 3161 section 2.4.1 that asks for the authority's certificate as well. */
export function timestampRequest(digest: Buffer): TimestampRequest {
  const nonce = randomBytes(NONCE_BYTES)
  // Positive, and in its shortest form.
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40
  const algorithm = writeDer(DER.sequence, writeDer(DER.oid, SHA256_OID), writeDer(DER.null))
  const imprint = writeDer(DER.sequence, algorithm, writeDer(DER.octetString, digest))
  const version = writeDer(DER.integer, Buffer.of(1))
  const certReq = writeDer(DER.boolean, Buffer.of(0xff))
  const der = writeDer(DER.sequence, version, imprint, writeDer(DER.integer, nonce), certReq)
  return { digest, nonce, der }
}
