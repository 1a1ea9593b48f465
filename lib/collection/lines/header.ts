import { AppError } from '@/lib/errors/app-error'
import { nearestName } from '@/lib/event/nearest-name'

/** Column names that a message lists. */
const MAX_LISTED = 20

/** Throws `invalid` where a file's header lacks a column that the line needs, or has one twice. */
export function requireHeader(header: readonly string[], required: readonly string[]): void {
  const missing = required.filter((name) => !header.includes(name))
  const [first] = missing
  if (first !== undefined) {
    const near = nearestName(first, header)
    const has = `It has ${header.slice(0, MAX_LISTED).join(', ') || 'none'}.`
    const others = missing.length > 1 ? `, nor ${missing.slice(1, MAX_LISTED).join(', ')}` : ''
    const message = `The file has no column ${first}${others}. ${near ? `Did you mean ${near}? ` : ''}${has}`
    throw new AppError('invalid', message)
  }
  const double = required.find((name) => header.indexOf(name) !== header.lastIndexOf(name))
  if (double === undefined) return
  const places = `${header.indexOf(double) + 1} and ${header.lastIndexOf(double) + 1}`
  throw new AppError(
    'invalid',
    `Columns ${places} of the file are both named ${double}. Give one another name.`,
  )
}
