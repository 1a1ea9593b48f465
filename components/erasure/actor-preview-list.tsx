import Link from 'next/link'
import type { ReactNode } from 'react'
import { DetailsList } from '@/components/ui/details-list'
import type { ActorPreview } from '@/lib/erasure/preview-actor'

type Props = { preview: ActorPreview; names: readonly string[]; path: string }

type Count = ActorPreview['asActor']

/** How often somebody stands in the trail, with the ways to look first. */
export function ActorPreviewList({ preview: { asActor, asTarget, mentioned }, names, path }: Props) {
  const link = (name: string, count: Count): ReactNode => (
    <Link
      href={`${path}?${new URLSearchParams(names.map((value) => [name, value]))}`}
      prefetch={false}
      className="numeric underline decoration-line underline-offset-3 hover:decoration-current"
    >
      {words(count)}
    </Link>
  )
  return (
    <>
      <DetailsList
        rows={[
          ['They acted', link('actor', asActor)],
          ['They are a target', link('target', asTarget)],
          ['Search finds them', names.length === 1 ? link('q', mentioned) : words(mentioned)],
        ]}
      />
      <p className="mt-2 text-pretty text-quiet text-xs">
        Search looks at message, actor, target, code and source. Where data and other values name them is
        found when they are erased, so it may be more events than these.
      </p>
    </>
  )
}

const words = ({ value, exact }: Count) =>
  `in ${exact ? '' : 'at least '}${value.toLocaleString('en')} event${value === 1 ? '' : 's'}`
