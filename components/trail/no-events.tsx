import { SearchX } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { droppedWords } from './dropped-words'

type Props = { clearHref: string; isFurtherPage: boolean; firstSeq: number }

/** All was looked at, and nothing passes; on a further page: nothing else does. */
export function NoEvents({ clearHref, isFurtherPage, firstSeq }: Props) {
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
      Nothing is hidden besides it. {droppedWords(firstSeq)} Take a filter off, or look at a longer time.
    </EmptyState>
  )
}
