import type { Volume } from '@/lib/forwarding/estimate-volume'

/** What a filter would have sent, for people: the past is the best guess at the future. */
export function volumeWords({ events, days, perDay, isCapped }: Volume): string {
  const period = days === 1 ? 'the last day' : `the last ${days} days`
  if (events === 0) return `No event of ${period} matches.`
  const total = events.toLocaleString('en')
  const rate = perDay === 0 ? 'less than one a day' : `about ${perDay.toLocaleString('en')} a day`
  if (isCapped)
    return `More than ${total} events of ${period} match: more than ${perDay.toLocaleString('en')} a day.`
  return `${total} ${events === 1 ? 'event' : 'events'} of ${period} ${events === 1 ? 'matches' : 'match'}: ${rate}.`
}
