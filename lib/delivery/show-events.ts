import { database } from '@/db/client'
import { carryMatches } from './carry-matches'
import type { ForwardedEvent } from './forwarded-event'
import { maskEvents } from './masking/mask-events'
import type { MaskingRule } from './masking/masking-rule'
import type { StreamKey } from './matching-events'
import type { OpenStream } from './open-stream'
import { readChosen } from './read-events'

/** What of events a destination may see, and the generation of matches that they carry; null: none. */
export type Shown = Pick<OpenStream, 'secrets'> & { masking: readonly MaskingRule[]; matches: number | null }

/** The events as their destination sees them. */
export async function showEvents(
  { tenantId }: StreamKey,
  events: readonly ForwardedEvent[],
  { masking, secrets, matches }: Shown,
): Promise<readonly ForwardedEvent[]> {
  const carrying = await carryMatches(database('deliver'), tenantId, events, matches)
  return maskEvents(carrying, masking, secrets.maskingKey)
}

/** The events at these places that are still there, in order, as `showEvents`; as many as have `maxBytes`, at least one. */
export async function readShown(
  key: StreamKey,
  seqs: readonly number[],
  maxBytes: number,
  shown: Shown,
): Promise<readonly ForwardedEvent[]> {
  return showEvents(key, await readChosen(database('deliver'), key, seqs, maxBytes), shown)
}
