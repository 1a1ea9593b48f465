import { type DestinationSummary, toSummary } from '@/components/forwarding/destination-summary'
import type { DestinationView } from '@/lib/forwarding/destination-view'
import { intervalWords, ruleWords } from './rhythm-words'

/** What the list shows of a channel, as it goes to the browser. */
export type ChannelSummary = DestinationSummary & {
  interval: string
  rule: string | null
  sentMessages: number
}

export function toChannelSummary(view: DestinationView, now: number): ChannelSummary {
  return {
    ...toSummary(view, now),
    interval: intervalWords(view.fields),
    rule: ruleWords(view.fields) ?? null,
    sentMessages: view.stats.sentBatches,
  }
}
