const NEEDS_QUOTES = /["\t\r\n]/

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
/** Cells as spreadsheets take them from the clipboard. */
export const toClipboard = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((text) => (NEEDS_QUOTES.test(text) ? quoted(text) : text)).join('\t')).join('\n')

/** Cells as spreadsheets put them there: tabs between, quotes around what has tabs or line breaks in it. */
export function fromClipboard(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at <= text.length) {
    const cell = text[at] === '"' ? readQuoted(text, at) : undefined
    const end = cell?.end ?? endOfCell(text, at)
    row.push(cell?.text ?? text.slice(at, end))
    if (text[end] === '\t') at = end + 1
    else {
      rows.push(row)
      row = []
      at = end + (text.startsWith('\r\n', end) ? 2 : 1)
      // The break after the last row begins no other one.
      if (at >= text.length) break
    }
  }
  return rows
}

function endOfCell(text: string, from: number): number {
  const length = text.slice(from).search(/[\t\r\n]/)
  return length < 0 ? text.length : from + length
}

/** A cell in quotes; undefined where the quotes do not end before the cell does: then they are letters. */
function readQuoted(text: string, from: number): { text: string; end: number } | undefined {
  const inside = /^"((?:[^"]|"")*)"(?=[\t\r\n]|$)/.exec(text.slice(from))
  return inside ? { text: (inside[1] ?? '').replaceAll('""', '"'), end: from + inside[0].length } : undefined
}
