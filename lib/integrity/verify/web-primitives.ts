import type { Primitives } from './primitives'
import { createSha256 } from './web-sha256'

/** A view of the bytes that WebCrypto's types take. */
const own = (bytes: Uint8Array) => new Uint8Array(bytes)

/**
 * The verifier's needs in a browser. Hashing is our own code, because WebCrypto's answers later, which would cost
 * more than the hash itself; signatures are few.
 */
export const webPrimitives: Primitives = {
  sha256: createSha256(),
  async verifyEd25519(publicKey, message, signature) {
    const key = await crypto.subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify'])
    return crypto.subtle.verify('Ed25519', key, own(signature), own(message))
  },
}
