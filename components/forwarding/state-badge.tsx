import { Badge, type Tone } from '@/components/ui/badge'
import type { Condition } from './destination-summary'

const WORDS: Record<Condition, { tone: Tone; words: string; hint?: string }> = {
  active: { tone: 'accent', words: 'active' },
  failing: { tone: 'warning', words: 'failing' },
  probing: {
    tone: 'warning',
    words: 'failing, probed',
    hint: 'After many failures one event at a time finds out whether it works again.',
  },
  recovering: {
    tone: 'accent',
    words: 'recovering',
    hint: 'It works again; batches grow back to their size.',
  },
  paused: { tone: 'neutral', words: 'paused' },
  disabled: { tone: 'danger', words: 'switched off by Spoor' },
}

/** What a destination is doing, in a word or two. */
export function StateBadge({ condition }: { condition: Condition }) {
  const { tone, words, hint } = WORDS[condition]
  return (
    <span title={hint}>
      <Badge tone={tone}>{words}</Badge>
    </span>
  )
}
