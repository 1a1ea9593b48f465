import { SearchX } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'

type Props = { clearHref: string; isFurtherPage: boolean }

/** All was looked at, and nothing passes; on a further page: nothing else does. */
export function NoEvents({ clearHref, isFurtherPage }: Props) {
  return (
    <EmptyState
      title={isFurtherPage ? 'No further event passes this filter' : 'No event passes this filter'}
      mark={<SearchX aria-hidden />}
      actions={
        <LinkButton href={clearHref} prefetch={false}>
          Clear the filter
        </LinkButton>
      }
    >
      Nothing is hidden besides it: the trail is complete. Take a filter off, or look at a longer time.
    </EmptyState>
  )
}
