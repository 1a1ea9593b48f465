import type { ScrubPlace } from '@/lib/integrity/scrub/scrub-failure'

const format = (value: number) => value.toLocaleString('en')
const range = (one: string, from: number, through = from) =>
  through === from ? `${one} ${format(from)}` : `${one}s ${format(from)} to ${format(through)}`

/** Where something was found, in words. */
export function describePlace(place: ScrubPlace): string {
  if (place.kind === 'event') return range('Event', place.seq, place.through)
  if (place.kind === 'tile') return `${range('Tile', place.index, place.through)} of level ${place.level}`
  if (place.kind === 'head') return 'Head of the log'
  return `Checkpoint of ${format(place.size)} events${place.epoch ? `, epoch ${place.epoch}` : ''}`
}
