import { shownValue } from '@/lib/collection/target/reject-value'
import { AppError } from '@/lib/errors/app-error'
import { MAX_COLUMN_NAME, MAX_COLUMNS } from './limits'

const ADVICE =
  'The first row names the columns, each differently; if it does not, set the silo to "no header".'

function complain(line: number, what: string): never {
  throw new AppError('invalid', `The header, line ${line}: ${what} ${ADVICE}`)
}

/** Columns numbered from 1, as people count them. */
const numbered = (places: readonly number[]) => places.map((place) => place + 1).join(' and ')

/**
 * The names of the columns from the cells of the first row, without blanks around them. Throws `invalid` for a name
 * that is blank, doubled, too long or has braces, and for too many columns; it says which and where.
 */
export function readHeader(cells: readonly string[], line: number): string[] {
  if (cells.length > MAX_COLUMNS) complain(line, `${cells.length} columns are more than ${MAX_COLUMNS}.`)
  const names = cells.map((cell) => cell.trim())
  const blank = names.flatMap((name, place) => (name === '' ? [place] : []))
  if (blank.length > 0)
    complain(
      line,
      blank.length === 1
        ? `column ${numbered(blank)} of ${names.length} has no name.`
        : `columns ${numbered(blank)} of ${names.length} have no names.`,
    )
  const seen = new Map<string, number>()
  for (const [place, name] of names.entries()) {
    const twin = seen.get(name)
    if (twin !== undefined) complain(line, `columns ${numbered([twin, place])} are both named "${name}".`)
    seen.set(name, place)
    if (name.length > MAX_COLUMN_NAME)
      complain(line, `the name of column ${place + 1} is longer than ${MAX_COLUMN_NAME} letters.`)
    if (/[{}\0]/.test(name))
      complain(
        line,
        `the name of column ${place + 1}, "${shownValue(name)}", has a brace or a NUL byte in it.`,
      )
  }
  return names
}
