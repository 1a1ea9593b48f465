import { number } from '@/components/collection/row-counts'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import type { ImportView } from '@/lib/ledger/imports/import-view'
import { MODE_WORDS } from './import-words'

const FIGURES = ['added', 'changed', 'removed', 'unchanged'] as const

/** How an import was meant, and how many entities it is about. */
export function ImportDetails({ shown }: { shown: ImportView }) {
  const { type, mode, effectiveFrom, rows, requestedBy, requestedAt, appliedBy, appliedAt } = shown
  return (
    <Panel title={shown.state === 'preview' ? 'What would change' : 'What changed'}>
      <dl className="mb-3 flex flex-wrap gap-x-8 gap-y-2">
        {FIGURES.map((name) => (
          <div key={name} className="flex flex-col-reverse">
            <dt className="text-quiet text-xs">{name}</dt>
            <dd className={`numeric font-semibold text-lg ${toneOf(name, shown[name])}`}>
              {number(shown[name])}
            </dd>
          </div>
        ))}
      </dl>
      <DetailsList
        rows={[
          ['What it holds', `${ENTITY_LABELS[type].many}, ${number(rows)} ${rows === 1 ? 'row' : 'rows'}`],
          ['Meant as', MODE_WORDS[mode]],
          ['Holds', effectiveFrom ? <Time key="from" value={effectiveFrom.toISOString()} /> : 'always'],
          ['Handed over', <Who key="handed" by={requestedBy} at={requestedAt} />],
          ['Applied', appliedBy && appliedAt && <Who key="applied" by={appliedBy} at={appliedAt} />],
        ]}
      />
    </Panel>
  )
}

const toneOf = (name: (typeof FIGURES)[number], count: number): string =>
  count === 0 ? 'text-faint' : name === 'removed' ? 'text-danger' : 'text-ink'

function Who({ by, at }: { by: string; at: Date }) {
  return (
    <>
      <Time value={at.toISOString()} /> by <span className="wrap-anywhere">{visibleText(by)}</span>
    </>
  )
}
