import { Badge, type Tone } from '@/components/ui/badge'
import type { RunView } from '@/lib/collection/runs/run-view'

const TONES: Record<RunView['state'], Tone> = {
  queued: 'neutral',
  running: 'accent',
  finished: 'neutral',
  failed: 'danger',
  cancelled: 'warning',
}

type Shown = Pick<RunView, 'state' | 'failedFiles' | 'cancelledBy'>

/** How a run is, in a word or two. */
export function RunStateBadge({ run: { state, failedFiles, cancelledBy } }: { run: Shown }) {
  if (state === 'running' && cancelledBy) return <Badge tone="warning">stops …</Badge>
  if (state === 'finished' && failedFiles > 0) return <Badge tone="warning">finished, files failed</Badge>
  return <Badge tone={TONES[state]}>{state}</Badge>
}

export const isRunOpen = ({ state }: Pick<RunView, 'state'>): boolean =>
  state === 'queued' || state === 'running'
