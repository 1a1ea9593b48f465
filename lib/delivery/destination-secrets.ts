import { AppError } from '@/lib/errors/app-error'
import { decryptSecret, encryptSecret } from '@/lib/secrets/secret-envelope'
import type { SecretChange, Secrets } from './destinations/contract'
import type { StreamKey } from './matching-events'

/** The name of the only secret that the first version knew, and stored bare. */
const FIRST_SECRET = 'apiKey'

/** As they lie in a destination's row. */
export type SealedSecrets = { secretEnc: Uint8Array | null; secretNames: string[] }

const context = ({ tenantId, destinationId }: StreamKey) => ({
  tenantId,
  purpose: `destination ${destinationId}`,
})

/** A destination's secrets as they are stored; their names stand beside, so that nobody must decrypt to tell. */
export function sealSecrets(
  key: StreamKey,
  secrets: Secrets,
): { secretEnc: Buffer | null; secretNames: string[] } {
  const secretNames = Object.keys(secrets).sort()
  if (secretNames.length === 0) return { secretEnc: null, secretNames }
  return { secretEnc: encryptSecret(JSON.stringify(secrets), context(key)), secretNames }
}

/** The names of the secrets that a destination has. */
export function namesOfSecrets({ secretEnc, secretNames }: SealedSecrets): string[] {
  return secretEnc && secretNames.length === 0 ? [FIRST_SECRET] : secretNames
}

/** A destination's secrets for sending. Throws `unavailable` if they can't be decrypted. */
export function openSecrets(key: StreamKey, { secretEnc, secretNames }: SealedSecrets): Secrets {
  if (!secretEnc) return {}
  try {
    const text = decryptSecret(secretEnc, context(key))
    return secretNames.length === 0 ? { [FIRST_SECRET]: text } : JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new AppError('unavailable', `${why} Enter the secrets of this destination again.`, { cause })
  }
}

/** The secrets after an edit: null forgets one, those not mentioned stay, and one may become another's old value. */
export function mergeSecrets(before: Secrets, changes: Readonly<Record<string, SecretChange>>): Secrets {
  const merged: Record<string, string> = { ...before }
  for (const [name, change] of Object.entries(changes)) {
    const value = typeof change === 'object' && change !== null ? before[change.from] : change
    if (typeof value === 'string') merged[name] = value
    else delete merged[name]
  }
  return merged
}
