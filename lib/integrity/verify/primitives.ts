/**
 * A SHA-256 hash as 32 characters, one a byte (a binary string): compared with ===, sorted as bytes are, and
 * turned to base64 by what every platform has.
 */
export type Hash = string

/** What the verifier needs of its platform; everything else in this folder runs in Node and in browsers alike. */
export type Primitives = {
  sha256: (data: Uint8Array) => Hash
  /** Ed25519, RFC 8032: 32-byte key, 64-byte signature. */
  verifyEd25519: (
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ) => boolean | Promise<boolean>
}
