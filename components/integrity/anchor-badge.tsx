import { Badge } from '@/components/ui/badge'
import { visibleText } from '@/components/ui/visible-text'
import type { KeptCheckpoint } from '@/lib/integrity/log/list-checkpoints'

type AnchorView = KeptCheckpoint['anchors'][number]

const KINDS: Record<AnchorView['kind'], string> = {
  'anchor-log': 'anchor log',
  witness: 'witness',
  rfc3161: 'time stamp',
}

/** Who else remembers a checkpoint, and since when on hover. */
export function AnchorBadge({ anchor: { kind, name, at } }: { anchor: AnchorView }) {
  return (
    <span title={`Since ${at}`}>
      <Badge tone="accent">
        {KINDS[kind]} {kind !== 'anchor-log' && visibleText(name)}
      </Badge>
    </span>
  )
}
