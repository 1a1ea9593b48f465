import { Badge, type Tone } from '@/components/ui/badge'
import type { ExecutionView } from '@/lib/collection/plans/plan-view'

const TONES: Record<ExecutionView['state'], Tone> = {
  running: 'accent',
  finished: 'neutral',
  failed: 'danger',
  cancelled: 'warning',
}

export function ExecutionBadge({ state }: Pick<ExecutionView, 'state'>) {
  return <Badge tone={TONES[state]}>{state}</Badge>
}
