/** A record as it stands in a text, and its number from 1; records without any cell are counted too. */
export type TableRecord = { row: number; cells: string[] }

/** What can't be read on from: the place and what to do. */
export type UnreadableText = { row: number; detail: string }

/** Quotes are those of RFC 4180; a quote within an unquoted cell is a letter. */
function endOfQuoted(text: string, start: number): number {
  let at = text.indexOf('"', start)
  while (at >= 0 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2)
  return at
}

/** Where a letter is next, from places that only grow: each stretch of the text is searched once. */
function makeFinder(text: string, letter: string): (from: number) => number {
  let found = -1
  return (from) => {
    if (found < from) {
      const at = text.indexOf(letter, from)
      found = at < 0 ? text.length : at
    }
    return found
  }
}

type Finder = ReturnType<typeof makeFinder>

/** Reads one record that has quotes; gives where the next one begins. */
function readQuoted(
  text: string,
  start: number,
  findDelimiter: Finder,
  findBreak: Finder,
): { cells: string[]; next: number } | { detail: string } {
  const cells: string[] = []
  let at = start
  for (;;) {
    let end: number
    if (text.charAt(at) === '"') {
      const close = endOfQuoted(text, at + 1)
      if (close < 0) return { detail: 'A quote is opened and never closed. A quote as such is written "".' }
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'))
      end = close + 1
      if (end < text.length && end !== findDelimiter(end) && end !== findBreak(end))
        return { detail: 'There is text behind a closing quote. A quote as such is written "".' }
    } else {
      end = Math.min(findDelimiter(at), findBreak(at))
      cells.push(text.slice(at, end))
    }
    if (end === text.length || end === findBreak(end)) return { cells, next: end + 1 }
    at = end + 1
  }
}

/** A record, and the line of the text that it begins in, from 1. */
export type TextRecord = TableRecord & { line: number }

function countBreaks(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}

/**
 * Takes CSV apart (RFC 4180; lines may end with CRLF, LF or CR, and the text may begin with a byte order mark). Empty
 * lines are counted and left out. Ends with what it can't read.
 */
export function* eachRecord(
  given: string,
  delimiter: string,
): Generator<TextRecord, UnreadableText | undefined> {
  const text = given.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n')
  const findBreak = makeFinder(text, '\n')
  const findDelimiter = makeFinder(text, delimiter)
  let at = 0
  let line = 1
  for (let row = 1; at < text.length; row++) {
    const lineEnd = findBreak(at)
    const whole = text.slice(at, lineEnd)
    if (!whole.includes('"')) {
      if (whole !== '') yield { row, line, cells: whole.split(delimiter) }
      at = lineEnd + 1
      line++
      continue
    }
    const read = readQuoted(text, at, findDelimiter, findBreak)
    if ('detail' in read) return { row, detail: read.detail }
    yield { row, line, cells: read.cells }
    line += countBreaks(text, at, read.next)
    at = read.next
  }
  return undefined
}

/** The same at once. Stops at what it can't read, and at `maxRows` below the header. */
export function parseCells(
  given: string,
  delimiter: string,
  maxRows = Number.POSITIVE_INFINITY,
): { records: TableRecord[]; unreadable?: UnreadableText } {
  const records: TableRecord[] = []
  const found = eachRecord(given, delimiter)
  for (let next = found.next(); ; next = found.next()) {
    if (next.done) return next.value ? { records, unreadable: next.value } : { records }
    const { row, cells } = next.value
    if (records.length > maxRows)
      return { records, unreadable: { row, detail: `There are more than ${maxRows} rows.` } }
    records.push({ row, cells })
  }
}
