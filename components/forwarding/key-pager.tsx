import { ChevronRight, ChevronsLeft } from 'lucide-react'
import { LinkButton } from '@/components/ui/link-button'
import { type DestinationAddress, destinationHref } from './destination-address'

type Props = { address: DestinationAddress; next: string | null; nextLabel?: string }

/** On through a list by its keys, and back to its beginning; the browser's own button goes one page back. */
export function KeyPager({ address, next, nextLabel = 'More' }: Props) {
  if (address.cursor === undefined && next === null) return null
  return (
    <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
      {address.cursor !== undefined && (
        <LinkButton href={destinationHref({ ...address, cursor: undefined })} scroll={false}>
          <ChevronsLeft aria-hidden />
          Beginning
        </LinkButton>
      )}
      {next !== null && (
        <LinkButton href={destinationHref({ ...address, cursor: next })} scroll={false}>
          {nextLabel}
          <ChevronRight aria-hidden />
        </LinkButton>
      )}
    </nav>
  )
}
