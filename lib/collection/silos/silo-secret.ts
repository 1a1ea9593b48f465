import { AppError } from '@/lib/errors/app-error'
import { decryptSecret, encryptSecret } from '@/lib/secrets/secret-envelope'

/** Whose secret it is. */
type SiloKey = { tenantId: string; id: string }

const context = ({ tenantId, id }: SiloKey) => ({ tenantId, purpose: `silo ${id}` })

export const sealSecret = (key: SiloKey, secret: string): Buffer => encryptSecret(secret, context(key))

/** The secret of a silo's origin; undefined where it has none. Throws `unavailable` if it can't be decrypted. */
export function openSecret(key: SiloKey, secretEnc: Uint8Array | null): string | undefined {
  if (!secretEnc) return undefined
  try {
    return decryptSecret(secretEnc, context(key))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new AppError('unavailable', `${why} Enter the secret of this silo again.`, { cause })
  }
}
