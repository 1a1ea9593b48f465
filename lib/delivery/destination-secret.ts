import { AppError } from '@/lib/errors/app-error'
import { decryptSecret, encryptSecret } from '@/lib/secrets/secret-envelope'
import type { StreamKey } from './matching-events'

const context = ({ tenantId, destinationId }: StreamKey) => ({
  tenantId,
  purpose: `destination ${destinationId}`,
})

/** A destination's secret as it is stored. */
export function sealDestinationSecret(key: StreamKey, secret: string): Buffer {
  return encryptSecret(secret, context(key))
}

/** A destination's secret for sending; undefined if it has none. Throws `unavailable` if it can't be decrypted. */
export function openDestinationSecret(key: StreamKey, envelope: Uint8Array | null): string | undefined {
  if (!envelope) return undefined
  try {
    return decryptSecret(envelope, context(key))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new AppError('unavailable', `${why} Enter the API key again.`, { cause })
  }
}
