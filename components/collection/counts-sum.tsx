import { Fragment } from 'react'
import { number, PART_WORDS, PARTS, type RowCounts } from './row-counts'

/** Every row that was read, and what became of it: a sum that must come out. */
export function CountsSum({ counts }: { counts: RowCounts }) {
  return (
    <dl className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <Figure words="rows read" value={counts.rows} hint="All rows that were read." />
      {PARTS.map((part, index) => (
        <Fragment key={part}>
          <span aria-hidden className="text-faint text-lg">
            {index === 0 ? '=' : '+'}
          </span>
          <Figure {...PART_WORDS[part]} value={counts[part]} isAlarming={part === 'rejected'} />
        </Fragment>
      ))}
    </dl>
  )
}

type FigureProps = { words: string; hint: string; value: number; isAlarming?: boolean }

function Figure({ words, hint, value, isAlarming = false }: FigureProps) {
  const tone = value === 0 ? 'text-faint' : isAlarming ? 'text-danger' : 'text-ink'
  return (
    <div title={hint} className="flex flex-col-reverse">
      <dt className="text-quiet text-xs">{words}</dt>
      <dd className={`numeric font-semibold text-lg ${tone}`}>{number(value)}</dd>
    </div>
  )
}
