import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { trailHref, withoutFilter } from './trail-url'

type Props = { path: string; query: string; complaints: string[] }

/** An address that was typed or cut says nothing the trail understands: what, and the way out. */
export function AddressComplaints({ path, query, complaints }: Props) {
  return (
    <Notice kind="error" title="This address does not say which events to show" className="mt-4">
      <ul className="mt-0.5 mb-2 text-quiet">
        {complaints.map((complaint) => (
          <li key={complaint} className="wrap-anywhere">
            {complaint}
          </li>
        ))}
      </ul>
      <LinkButton href={trailHref(path, withoutFilter(new URLSearchParams(query)))} prefetch={false}>
        Clear the filter
      </LinkButton>
    </Notice>
  )
}
