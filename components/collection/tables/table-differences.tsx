import { visibleText } from '@/components/ui/visible-text'
import type { TableDifference } from '@/lib/collection/tables/diff-tables'

/** Rows that stand open: more are a table that was replaced. */
const MAX_SHOWN = 200

const KINDS = {
  added: { sign: '+', word: 'added', style: 'bg-accent-soft' },
  removed: { sign: '−', word: 'removed', style: 'bg-danger-soft' },
  changed: { sign: '±', word: 'changed', style: 'bg-sunken' },
} as const

type Props = { from: number; to: number; differences: readonly TableDifference[] }

/** What became of a table's rows between two versions. */
export function TableDifferences({ from, to, differences }: Props) {
  const title = `From version ${from} to version ${to}`
  return (
    <section aria-label={title} className="mt-6">
      <h2 className="mb-2 font-semibold text-base">{title}</h2>
      {differences.length === 0 && <p className="text-quiet text-sm">The rows are the same.</p>}
      <ul className="flex flex-col gap-2">
        {differences.slice(0, MAX_SHOWN).map((difference) => (
          <Difference key={`${difference.kind} ${difference.key}`} difference={difference} />
        ))}
      </ul>
      {differences.length > MAX_SHOWN && (
        <p className="mt-2 text-quiet text-sm">
          And {(differences.length - MAX_SHOWN).toLocaleString('en')} more rows. Export both versions to
          compare them whole.
        </p>
      )}
    </section>
  )
}

function Difference({ difference: { kind, key, cells } }: { difference: TableDifference }) {
  const { sign, word, style } = KINDS[kind]
  return (
    <li className="overflow-hidden rounded-md border border-line text-sm">
      <p className={`px-3 py-1 ${style}`}>
        <span aria-hidden className="mr-2 text-quiet">
          {sign}
        </span>
        <span className="literal">{visibleText(key)}</span> <span className="text-quiet">{word}</span>
      </p>
      <dl className="divide-y divide-line px-3 text-xs">
        {cells.map(({ column, before, after }) => (
          <div key={column} className="grid gap-x-3 py-1 sm:grid-cols-[13rem_minmax(0,1fr)]">
            <dt className="literal wrap-anywhere text-quiet">{column}</dt>
            <dd className="literal wrap-anywhere min-w-0 whitespace-pre-wrap">
              {before !== '' && <del className="text-danger">{visibleText(before)}</del>}
              {before !== '' && after !== '' && ' '}
              {after !== '' && <ins className="text-accent no-underline">{visibleText(after)}</ins>}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
