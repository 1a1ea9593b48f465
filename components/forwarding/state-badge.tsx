import { Badge } from '@/components/ui/badge'
import type { DestinationSummary } from './destination-summary'

/** What a destination is doing, in one word. */
export function StateBadge({ state, isFailing }: Pick<DestinationSummary, 'state' | 'isFailing'>) {
  if (state === 'paused') return <Badge>paused</Badge>
  if (state === 'disabled') return <Badge tone="danger">switched off by Spoor</Badge>
  if (isFailing) return <Badge tone="warning">failing</Badge>
  return <Badge tone="accent">active</Badge>
}
