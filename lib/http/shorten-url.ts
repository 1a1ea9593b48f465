import { createHmac } from 'node:crypto'
import { env } from '@/env'

/** Enough to see a change, too few to find a key by. */
const HASH_LENGTH = 8

/** What comes after the origin: many receivers take their key in it. Empty if there is nothing. */
function restOf({ pathname, search, hash }: URL): string {
  return `${pathname}${search}${hash}`.slice(1)
}

/** A URL without what may be a key in it: its origin, and `/…` where there is more. */
export function shortenUrl(url: string): string {
  const parsed = new URL(url)
  return restOf(parsed) === '' ? url : `${parsed.origin}/…`
}

/**
 * A short keyed hash (hex) of what `shortenUrl` leaves out, by which a change shows; null if it leaves out nothing.
 * Keyed, so that nobody who reads the trail can try out guesses.
 */
export function hashUrlRest(url: string): string | null {
  const rest = restOf(new URL(url))
  return rest === ''
    ? null
    : createHmac('sha256', env.encryptionKey()).update(rest).digest('hex').slice(0, HASH_LENGTH)
}
