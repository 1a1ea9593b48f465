import { DELIMITERS, QUOTES, type ReadingChoice } from './reading'
import { type SampleRow, type SampleShape, sampleRows } from './sample-rows'

/** A shape that was tried: its rows, the width of the first, and the share of rows as wide as that. */
type Tried = { shape: SampleShape; rows: SampleRow[]; width: number; agreement: number }

const DELIMITER_NAMES: Record<string, string> = {
  ';': 'semicolons',
  ',': 'commas',
  '\t': 'tabs',
  '|': 'bars',
}
/** Double quotes are what files have: they are letters only where they break most rows, and rows enough tell so. */
const MIN_ROWS_WITHOUT_QUOTES = 5
const BROKEN_AGREEMENT = 0.5
const SURE_AGREEMENT = 0.95

function tryShape(text: string, shape: SampleShape, isCut: boolean): Tried {
  const rows = sampleRows(text, shape, isCut)
  const width = rows[0]?.cells?.length ?? 0
  const agreeing = rows.filter(({ cells }) => cells?.length === width).length
  return { shape, rows, width, agreement: width === 0 ? 0 : agreeing / rows.length }
}

/** Whether cells stand in these quotes, in half of the rows at least. */
function isQuotedBy({ rows }: Tried, quote: string): boolean {
  const isQuoted = (cell: string) => cell.length > 1 && cell.startsWith(quote) && cell.endsWith(quote)
  return rows.filter(({ cells }) => cells?.some(isQuoted)).length * 2 >= rows.length
}

/** The quotes that fit a delimiter best: double ones, unless others are plainly meant. */
function tryQuotes(text: string, delimiter: string, lineEnd: '\n' | '\r', isCut: boolean): Tried {
  const [double, single, none] = QUOTES.map((quote) =>
    tryShape(text, { delimiter, quote, lineEnd }, isCut),
  ) as [Tried, Tried, Tried]
  if (isQuotedBy(none, "'") && !isQuotedBy(none, '"') && single.agreement >= double.agreement) return single
  const isBroken = double.agreement < BROKEN_AGREEMENT && none.agreement >= SURE_AGREEMENT
  return isBroken && none.rows.length >= MIN_ROWS_WITHOUT_QUOTES ? none : double
}

/**
 * The delimiter and the quotes of a text: those by which most of the first rows have as many cells as the very first,
 * and of equally good ones those that make most cells.
 */
export function detectShape(
  text: string,
  lineEnd: '\n' | '\r',
  choice: ReadingChoice,
  isCut: boolean,
): { shape: SampleShape; rows: SampleRow[]; doubts: string[] } {
  const delimiters = choice.delimiter === undefined ? DELIMITERS : [choice.delimiter]
  const tried = delimiters.map((delimiter) =>
    choice.quote === undefined
      ? tryQuotes(text, delimiter, lineEnd, isCut)
      : tryShape(text, { delimiter, quote: choice.quote, lineEnd }, isCut),
  )
  const wide = tried.filter(({ width }) => width > 1)
  wide.sort((a, b) => b.agreement - a.agreement || b.width - a.width)
  const [best, second] = wide
  const [first] = tried
  if (!best) {
    const rows = first?.rows ?? []
    const shape = first?.shape ?? { delimiter: ';', quote: '"', lineEnd }
    const names = delimiters.map((delimiter) => DELIMITER_NAMES[delimiter]).join(', ')
    return { shape, rows, doubts: [`The first row has a single column: there are no ${names} in it.`] }
  }
  const doubts: string[] = []
  const name = DELIMITER_NAMES[best.shape.delimiter]
  if (second && second.agreement === best.agreement && best.rows.length > 1)
    doubts.push(
      `Cells may be separated by ${name} or by ${DELIMITER_NAMES[second.shape.delimiter]}; it is read by ${name}. If that is wrong, choose the delimiter.`,
    )
  if (best.agreement < SURE_AGREEMENT) {
    const odd = Math.round(best.rows.length * (1 - best.agreement))
    doubts.push(
      `Of the first ${best.rows.length} rows, ${odd} do not have as many cells as the first, which has ${best.width}: look at the delimiter and the quotes.`,
    )
  }
  return { shape: best.shape, rows: best.rows, doubts }
}
