import { number, type RowCounts } from '@/components/collection/row-counts'

/** The figures of a run or file in one line; what there is none of is left out. */
export function RunFigures({ counts }: { counts: RowCounts }) {
  const { rows, collected, duplicates, filtered, rejected } = counts
  if (rows === 0) return <span className="text-quiet">no rows</span>
  const rest = [
    duplicates > 0 && `${number(duplicates)} duplicates`,
    filtered > 0 && `${number(filtered)} filtered`,
  ].filter(Boolean)
  return (
    <span className="numeric">
      {number(collected)} collected
      {rest.length > 0 && <span className="text-quiet"> · {rest.join(' · ')}</span>}
      {rejected > 0 && <span className="text-danger"> · {number(rejected)} rejected</span>}
    </span>
  )
}
