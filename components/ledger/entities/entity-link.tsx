import Link from 'next/link'
import { visibleText } from '@/components/ui/visible-text'
import type { EntitySummary } from '@/lib/ledger/entities/entity-view'

type Props = {
  entity: Pick<EntitySummary, 'id' | 'displayName'>
  /** Of the section. */
  path: string
}

/** The name of an entity, which leads to its page. */
export function EntityLink({ entity: { id, displayName }, path }: Props) {
  return (
    <Link
      href={`${path}/entities/${id}`}
      prefetch={false}
      className="wrap-anywhere rounded-sm underline underline-offset-3"
    >
      <bdi>{visibleText(displayName)}</bdi>
    </Link>
  )
}
