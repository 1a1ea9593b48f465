import type { PreviewStep } from '@/lib/collection/lines/line-view'

/** Where a step changes nothing (a filter), these many columns tell which row is which. */
const FIRST_COLUMNS = 6

/** The places of the columns that say what a step did; of those that it added only the ones with a value. */
export function columnsWorthSeeing({ columns, rows }: PreviewStep): number[] {
  const isFilled = (at: number) => rows.some(({ cells }) => (cells[at] ?? '') !== '')
  const touched = columns.flatMap(({ state }, at) => (state !== 'same' && isFilled(at) ? [at] : []))
  if (touched.length > 0) return touched
  return columns.flatMap((_, at) => (isFilled(at) ? [at] : [])).slice(0, FIRST_COLUMNS)
}
