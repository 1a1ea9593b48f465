import Link from 'next/link'
import { number } from '@/components/collection/row-counts'
import { Badge } from '@/components/ui/badge'
import { Panel } from '@/components/ui/panel'
import { visibleText } from '@/components/ui/visible-text'
import type { EntityView, LinkedFrom as Linked } from '@/lib/ledger/entities/entity-view'
import { linkedFromLabel } from './link-words'

type Props = {
  entity: EntityView
  /** Of the section. */
  path: string
}

/** What names this entity by a link: a person's accounts, an organisation's people, a group's members. */
export function LinkedFrom({ entity, path }: Props) {
  return entity.linkedFrom.map((group) => (
    <Panel
      key={`${group.type} ${group.link}`}
      title={`${linkedFromLabel(group.type, group.link)} (${number(group.total)})`}
    >
      <List group={group} path={path} />
    </Panel>
  ))
}

function List({ group: { entities, total }, path }: { group: Linked; path: string }) {
  return (
    <>
      <ul className="-mx-2 max-h-80 divide-y divide-line overflow-y-auto px-2 text-sm">
        {entities.map(({ id, key, displayName, note, isCurrent }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            <Link
              href={`${path}/entities/${id}`}
              prefetch={false}
              className="wrap-anywhere rounded-sm font-medium underline-offset-3 hover:underline"
            >
              <bdi>{visibleText(displayName)}</bdi>
            </Link>
            <span className="literal wrap-anywhere text-quiet">{visibleText(key)}</span>
            {note && <span className="wrap-anywhere text-quiet text-xs">{visibleText(note)}</span>}
            {!isCurrent && <Badge>not now</Badge>}
          </li>
        ))}
      </ul>
      {total > entities.length && (
        <p className="mt-2 text-quiet text-xs">
          The first {number(entities.length)} of {number(total)}, by key.
        </p>
      )}
    </>
  )
}
