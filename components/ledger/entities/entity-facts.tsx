import type { ReactNode } from 'react'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { visibleText } from '@/components/ui/visible-text'
import type { EntityView, LinkView, RecordView } from '@/lib/ledger/entities/entity-view'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import { EntityLink } from './entity-link'
import { linkLabel } from './link-words'
import { PeriodWords } from './period-words'

type Props = {
  entity: EntityView
  /** Of the section. */
  path: string
}

/** What is known of an entity now, or was known last. */
export function EntityFacts({ entity, path }: Props) {
  const { type, key, current, records } = entity
  const record = current ?? records.at(-1)
  return (
    <Panel
      title={current ? 'What is known' : 'What was known'}
      description={current ? undefined : 'Nothing is known of it for now: this is its last period.'}
    >
      <DetailsList
        rows={[
          ['Type', ENTITY_LABELS[type].one],
          [
            'Key',
            <span key="key" className="literal">
              {visibleText(key)}
            </span>,
          ],
          ...(record ? recordRows(record, path) : []),
        ]}
      />
    </Panel>
  )
}

/** Links, attributes and validity of one period. */
function recordRows(record: RecordView, path: string): [string, ReactNode][] {
  const names = [...new Set(record.links.map(({ name }) => name))]
  const hasPeriod = record.validFrom !== null || record.validTo !== null
  return [
    ...names.map((name): [string, ReactNode] => [
      linkLabel(name),
      <Linked key={name} links={record.links.filter((link) => link.name === name)} path={path} />,
    ]),
    ...Object.entries(record.attributes).map(([name, value]): [string, ReactNode] => [
      name,
      <span key={name} className="wrap-anywhere">
        {visibleText(value)}
      </span>,
    ]),
    ['Holds', hasPeriod && <PeriodWords key="holds" record={record} />],
  ]
}

/** What a link leads to; a key that the ledger does not have is shown as it is. */
function Linked({ links, path }: { links: readonly LinkView[]; path: string }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {links.map(({ key, entity }) => (
        <li key={key}>
          {entity ? (
            <EntityLink entity={entity} path={path} />
          ) : (
            <span title="The ledger has no such key." className="wrap-anywhere text-quiet">
              <span className="literal">{visibleText(key)}</span> (not in the ledger)
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
