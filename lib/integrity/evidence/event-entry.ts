import { contentHash, eventSlots, leafEntry, slotDigest } from '@/lib/integrity/leaf'
import { erasedDigests, type SlotSecrets, slotSalt } from './slot-secrets'

/**
 * The 148-byte leaf entry of a stored event, whether values were erased from it or not. Hash it with `entryHash`
 * to compare it with the tree. Throws if a value has no salt, which only tampering brings about.
 */
export function eventEntry(
  event: Record<string, unknown>,
  secrets: SlotSecrets,
  id: string,
  receivedAt: string,
): string {
  const left = eventSlots(event).map((slot) => slotDigest(slotSalt(slot, secrets), slot))
  return leafEntry(contentHash([...left, ...erasedDigests(secrets)]), id, receivedAt)
}
