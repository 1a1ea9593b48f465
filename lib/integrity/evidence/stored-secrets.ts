import type { Redaction, SlotSecrets } from './slot-secrets'

/**
 * What `events.redaction` holds once the seed is gone: after an erasure the salts and digests that keep the rest
 * provable; after a type's time of retention only the base64 content hash, for which nothing is left to prove but
 * the leaf itself.
 */
export type StoredRedaction = Redaction | { content: string }

/** The secrets of a stored event; undefined where retention emptied it. Throws on a row that has neither. */
export function storedSecrets(row: { seed: Uint8Array | null; redaction: unknown }): SlotSecrets | undefined {
  if (row.seed) return { seed: row.seed }
  const redaction = row.redaction as StoredRedaction | null
  if (!redaction) throw new Error('An event has neither seed nor redaction: nothing of it can be proven.')
  return 'content' in redaction ? undefined : redaction
}
