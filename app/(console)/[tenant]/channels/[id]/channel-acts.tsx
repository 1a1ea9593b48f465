import { Pencil } from 'lucide-react'
import { removeAction, replayAction } from '@/app/(console)/[tenant]/channels/actions'
import { fullName, summarizeBacklog, waitingWords } from '@/components/forwarding/destination-summary'
import { RemoveButton } from '@/components/forwarding/remove-button'
import { ReplayButton } from '@/components/forwarding/replay-button'
import { LinkButton } from '@/components/ui/link-button'
import type { DestinationDetail } from '@/lib/forwarding/get'

type Props = { channel: DestinationDetail; tenant: string; canReplay: boolean }

/** What can be done with a channel, at the top of its page. */
export function ChannelActs({ channel, tenant, canReplay }: Props) {
  const { id, stats, deadLetters } = channel
  const backlog = summarizeBacklog(stats.backlog, Date.now())
  return (
    <>
      {canReplay && (
        <ReplayButton
          id={id}
          hasDead={deadLetters.some(({ resolvedAt }) => resolvedAt === null)}
          replay={replayAction.bind(null, tenant)}
        />
      )}
      <LinkButton href={`/${tenant}/channels/${id}/edit`}>
        <Pencil aria-hidden />
        Edit
      </LinkButton>
      <RemoveButton
        id={id}
        name={fullName(channel)}
        waiting={backlog.events > 0 ? `${waitingWords(backlog)} and` : null}
        remove={removeAction.bind(null, tenant)}
        ofRole="channel"
      />
    </>
  )
}
