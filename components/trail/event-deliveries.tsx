import Link from 'next/link'
import { Badge, type Tone } from '@/components/ui/badge'
import { Panel } from '@/components/ui/panel'
import { ROLE_WORDS } from '@/lib/delivery/destinations/roles'
import type { DeliveryOutcome, EventDelivery } from '@/lib/forwarding/event-deliveries'

const OUTCOMES: Record<DeliveryOutcome, { tone: Tone; word: string; words: string }> = {
  sent: { tone: 'accent', word: 'sent', words: 'The receiver took it.' },
  counted: { tone: 'accent', word: 'counted', words: 'It counts towards the threshold.' },
  pending: { tone: 'neutral', word: 'pending', words: 'It is sent with one of the next batches.' },
  waiting: { tone: 'warning', word: 'waiting', words: 'It is switched off.' },
  dead: { tone: 'danger', word: 'set aside', words: 'The receiver will not take it.' },
  not_matched: { tone: 'neutral', word: 'not matched', words: 'Its filter leaves it out.' },
  skipped: { tone: 'warning', word: 'skipped', words: 'A person decided that it is left out.' },
  before: { tone: 'neutral', word: 'before', words: 'It begins after this event.' },
}

type Props = { deliveries: Promise<EventDelivery[]>; slug: string }

/** Where the event went, and where not, and why. Nothing while there is no destination and no channel. */
export async function EventDeliveries({ deliveries, slug }: Props) {
  const all = await deliveries
  if (all.length === 0) return null
  return (
    <Panel title="Where it was delivered">
      <ul className="divide-y divide-line text-sm">
        {all.map(({ destinationId, role, name, outcome, reason }) => (
          <li
            key={`${destinationId} ${name}`}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1.5"
          >
            <Link
              href={`/${slug}/${ROLE_WORDS[role].page}/${destinationId}`}
              prefetch={false}
              className="wrap-anywhere rounded-sm underline decoration-line underline-offset-3 hover:decoration-current"
            >
              {name}
            </Link>
            <Badge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].word}</Badge>
            <span className="wrap-anywhere text-quiet text-xs">{reason ?? OUTCOMES[outcome].words}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
