import { env } from '@/env'
import type { Delivery } from '@/lib/delivery/destinations/contract'
import { LEVELS } from '@/lib/event/levels'
import type { TrailFilter } from '@/lib/trail/filter'
import { filterToSearchParams } from '@/lib/trail/filter-url'
import type { Digest } from './digest'
import type { EventNote } from './event-note'

/** Where the reader of a message finds the rest: the workspace, its address in the console, and the page of the channel. */
export type Place = { tenant: string; url: string; settingsUrl: string }

/** A companion is changed at the destination that it goes along with. */
export function placeOf(tenant: string, { destinationId, companionOf }: Delivery['stream']): Place {
  const url = `${env.publicUrl()}/${tenant}`
  const settings = companionOf ? `forwarding/${companionOf}` : `channels/${destinationId}`
  return { tenant, url, settingsUrl: `${url}/${settings}` }
}

/** More types would make a long address, and narrow little. */
const NARROWED_TYPES = 8

/** An event's own page. A made-up event has none. */
export const eventLink = ({ seq, id }: EventNote, { url }: Place) =>
  seq >= 0 ? `${url}/trail/${id}` : undefined

/**
 * The trail, narrowed to the digest's events as far as a filter can: by when they happened, which is not known of
 * those that are only counted, so from the full minute before the first was received.
 */
export function trailLink(
  digest: Pick<Digest, 'from' | 'to' | 'listed' | 'levels' | 'types'>,
  { url }: Place,
) {
  const times = [digest.from, digest.to, ...digest.listed.map(({ at }) => at)].sort()
  const levels = LEVELS.filter((level) => digest.levels[level] !== undefined)
  const types = digest.types.map(([type]) => type)
  const only = <T>(include: T[]) => ({ include, exclude: [] })
  const filter: TrailFilter = {
    from: fullMinute(times[0] ?? digest.from, 0),
    to: fullMinute(times.at(-1) ?? digest.to, 1),
    ...(levels.length > 0 && levels.length < LEVELS.length && { level: only(levels) }),
    ...(types.length > 0 && types.length <= NARROWED_TYPES && { type: only(types) }),
  }
  return `${url}/trail?${filterToSearchParams(filter)}`
}

function fullMinute(at: string, later: number): string {
  const minutes = Math.floor(Date.parse(at) / 60_000) + later
  return new Date(minutes * 60_000).toISOString().replace('.000Z', 'Z')
}
