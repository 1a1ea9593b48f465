import { type Slot, saltHash } from '@/lib/integrity/leaf'

const SALT_BYTES = 16

/**
 * What makes an event's slots provable: its 32-byte seed as long as nothing was erased, afterwards the base64
 * salts of the slots that are left, by pointer, and the sorted base64 digests of those that are gone.
 */
export type SlotSecrets = { seed: Uint8Array } | Redaction

export type Redaction = { salts: Record<string, string>; redacted: string[] }

/** The members by which a proof or a bundle carries the secrets. */
export function secretMembers(secrets: SlotSecrets): { seed: string } | Redaction {
  return 'seed' in secrets
    ? { seed: Buffer.from(secrets.seed).toString('base64') }
    : { salts: secrets.salts, redacted: secrets.redacted }
}

/** The 16 bytes that a slot's value is hashed with, one a character. */
export function slotSalt({ pointer }: Slot, secrets: SlotSecrets): string {
  if ('seed' in secrets) return saltHash(secrets.seed, pointer).slice(0, SALT_BYTES)
  const salt = secrets.salts[pointer.text]
  if (salt === undefined) throw new Error(`No salt is kept for the slot ${pointer.text}.`)
  return Buffer.from(salt, 'base64').toString('latin1')
}

/** The digests of what was erased, 32 characters each, as `slotDigest` gives those of what is left. */
export const erasedDigests = (secrets: SlotSecrets): string[] =>
  'seed' in secrets ? [] : secrets.redacted.map((digest) => Buffer.from(digest, 'base64').toString('latin1'))
