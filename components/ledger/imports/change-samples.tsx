import { number } from '@/components/collection/row-counts'
import { Badge } from '@/components/ui/badge'
import { Panel } from '@/components/ui/panel'
import { visibleText } from '@/components/ui/visible-text'
import type { ChangeSample, ImportView } from '@/lib/ledger/imports/import-view'

const PARTS = [
  { name: 'removed', title: 'Would go', titleEnded: 'Would end' },
  { name: 'changed', title: 'Would change' },
  { name: 'added', title: 'Would be new' },
] as const

/** Examples of what an import would do: each entity with its fields, what they were and what they will be. */
export function ChangeSamples({ shown }: { shown: ImportView }) {
  return PARTS.map((part) => {
    const samples: (ChangeSample & { ended?: boolean })[] = shown.samples[part.name]
    const total = shown[part.name]
    if (total === 0) return null
    const isEnding = samples.some(({ ended }) => ended)
    const title = isEnding && 'titleEnded' in part ? part.titleEnded : part.title
    return (
      <Panel
        key={part.name}
        title={`${title} (${number(total)})`}
        description={total > samples.length ? `The first ${number(samples.length)} of them.` : undefined}
      >
        <ul className="divide-y divide-line text-sm">
          {samples.map((sample) => (
            <li key={sample.key} className="py-2">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className="wrap-anywhere font-medium">{visibleText(sample.displayName)}</span>
                <span className="literal wrap-anywhere text-quiet">{visibleText(sample.key)}</span>
                {sample.ended && <Badge tone="warning">ends, stays known for before</Badge>}
              </p>
              <Fields fields={sample.fields} />
            </li>
          ))}
        </ul>
      </Panel>
    )
  })
}

function Fields({ fields }: { fields: ChangeSample['fields'] }) {
  return (
    <dl className="mt-0.5 grid gap-x-3 text-xs sm:grid-cols-[10rem_minmax(0,1fr)]">
      {fields.map(({ name, before, after }) => (
        <div key={name} className="contents">
          <dt className="truncate text-quiet">{name}</dt>
          <dd className="wrap-anywhere mb-1 sm:mb-0">
            {before && (
              <del className="text-danger">
                <span className="sr-only">was </span>
                {visibleText(before)}
              </del>
            )}{' '}
            {after && (
              <ins className="text-accent no-underline">
                {before && <span className="sr-only">will be </span>}
                {visibleText(after)}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
