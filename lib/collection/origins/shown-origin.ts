import { shortenUrl } from '@/lib/http/shorten-url'
import type { Origin } from './origin'

/** Enough of an access key to tell two apart. */
const SHOWN_KEY_LENGTH = 4

const shortenKey = (key: string) =>
  key.length > 3 * SHOWN_KEY_LENGTH
    ? `${key.slice(0, SHOWN_KEY_LENGTH)}…${key.slice(-SHOWN_KEY_LENGTH)}`
    : key

/** An origin for whoever may read, and for the trail: who manages silos sees all of it. */
export function shownOrigin(origin: Origin): Origin {
  if (origin.kind !== 's3') return origin
  const { accessKeyId, endpoint } = origin
  return {
    ...origin,
    accessKeyId: shortenKey(accessKeyId),
    ...(endpoint && { endpoint: shortenUrl(endpoint) }),
  }
}
