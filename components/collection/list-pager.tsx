import { ChevronRight, ChevronsLeft } from 'lucide-react'
import { LinkButton } from '@/components/ui/link-button'

type Props = {
  /** Where the list begins; left out where it is shown from there. */
  beginning?: string
  /** Where it goes on. */
  next: string | null
}

/** On through a list by its keys, and back to its beginning; the browser's own button goes one page back. */
export function ListPager({ beginning, next }: Props) {
  if (beginning === undefined && next === null) return null
  return (
    <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
      {beginning !== undefined && (
        <LinkButton href={beginning} scroll={false}>
          <ChevronsLeft aria-hidden />
          Beginning
        </LinkButton>
      )}
      {next !== null && (
        <LinkButton href={next} scroll={false}>
          More
          <ChevronRight aria-hidden />
        </LinkButton>
      )}
    </nav>
  )
}
