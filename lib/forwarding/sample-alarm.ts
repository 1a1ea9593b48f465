import { type Digest, digestOf } from '@/lib/delivery/digest/digest'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { shownGroup } from '@/lib/delivery/rules/group-value'
import type { Rule } from '@/lib/delivery/rules/rule'

/** What a threshold would tell if an event made the number full, and the others had been like it. Pure. */
export function sampleAlarm(event: ForwardedEvent, { per, count, withinSeconds }: Rule): Digest {
  const { seq, receivedAt, level, type } = event
  const since = new Date(Date.parse(receivedAt) - withinSeconds * 1000).toISOString()
  const { listed, ...digest } = digestOf([event])
  return {
    ...digest,
    events: count,
    from: since,
    levels: { [level]: count },
    types: [[type, count]],
    listed: [],
    alarms: [{ group: shownGroup(per, event), seq, at: receivedAt, since, events: count, listed }],
  }
}
