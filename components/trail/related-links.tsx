import { LinkButton } from '@/components/ui/link-button'
import type { StoredEvent } from '@/lib/event/stored-event'
import { including, trailHref } from './trail-url'

/** The ways on from an event: what else its actor did, what else happened to its target, in its session. */
export function RelatedLinks({ event, path }: { event: StoredEvent; path: string }) {
  const { actor } = event
  const links = [
    { label: 'Same actor', name: 'actor', value: actor?.login ?? actor?.identity ?? actor?.id },
    {
      label: 'Same target',
      name: 'target',
      value: event.targets?.slice(0, 2).find(({ name }) => name)?.name,
    },
    { label: 'Same session', name: 'session', value: actor?.sessionId },
    { label: 'Same IP address', name: 'ip', value: actor?.ip },
  ]
  return links.map(
    ({ label, name, value }) =>
      value && (
        <LinkButton
          key={name}
          size="sm"
          prefetch={false}
          title={value}
          href={trailHref(path, new URLSearchParams([[name, including(value)]]))}
        >
          {label}
        </LinkButton>
      ),
  )
}
