import { MAX_SHOWN_VALUE, type Reject, type RejectCode } from '@/lib/collection/reject'

/** A part of a long text keeps all of it in memory, as the engine makes it; a thousand rejects a gigabyte. */
const detached = (part: string) => Buffer.from(part, 'utf16le').toString('utf16le')

/** The beginning of a value, never with half of a surrogate pair, which no store keeps. */
export function shownValue(value: string): string {
  const shown = value.slice(0, MAX_SHOWN_VALUE).toWellFormed().replaceAll('\0', '\u2400')
  return value.length > MAX_SHOWN_VALUE ? detached(shown) : shown
}

/** A row that was refused for the value of one target field. */
export function rejectValue(code: RejectCode, column: string, value: string, reason: string): Reject {
  return { code, column, value: shownValue(value), reason }
}
