import { MAX_SHOWN_VALUE, type Reject } from '@/lib/collection/reject'
import { shownValue } from '@/lib/collection/target/reject-value'
import { MAX_ROW_BYTES } from './limits'

const DELIMITER_NAMES: Record<string, string> = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'bar' }

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`
/** `column 3 (computer)`, from a cell's place. */
const place = (cell: number, columns: readonly string[]) =>
  `column ${cell + 1}${columns[cell] === undefined ? '' : ` (${columns[cell]})`}`

const inColumn = (cell: number, columns: readonly string[]) =>
  columns[cell] === undefined ? {} : { column: columns[cell] }

/** Null where the row has as many cells as the file has columns. */
export function rejectCellCount(
  cells: readonly string[],
  columns: readonly string[],
  delimiter: string,
): Reject | null {
  if (cells.length === columns.length) return null
  const has = `The row has ${count(cells.length, 'cell')}, the file has ${count(columns.length, 'column')}.`
  const separator = DELIMITER_NAMES[delimiter] ?? 'delimiter'
  if (cells.length < columns.length) {
    const missing = columns[cells.length] as string
    return {
      code: 'too_few_cells',
      column: missing,
      reason: `${has} Nothing stands for ${place(cells.length, columns)} and what follows. Look for a missing ${separator} or a line end within a cell.`,
    }
  }
  return {
    code: 'too_many_cells',
    value: shownValue(cells[columns.length] as string),
    reason: `${has} The value shown is the first surplus one. A cell with a ${separator} in it needs quotes around it.`,
  }
}

export function rejectUnclosedQuote(text: string, cell: number, columns: readonly string[]): Reject {
  return {
    code: 'unclosed_quote',
    ...inColumn(cell, columns),
    value: shownValue(text),
    reason: `A quote opens in ${place(cell, columns)} and nothing closes it before a delimiter or a line end. Close it, or double quotes that are part of the value.`,
  }
}

export function rejectStrayQuote(text: string, cell: number, columns: readonly string[]): Reject {
  return {
    code: 'stray_quote',
    ...inColumn(cell, columns),
    value: shownValue(text),
    reason: `Text follows the closing quote in ${place(cell, columns)}. Double quotes that are part of the value, and quote the whole cell.`,
  }
}

export function rejectNulByte(cells: readonly string[], columns: readonly string[]): Reject {
  const cell = cells.findIndex((value) => value.includes('\0'))
  const letter = (cells[cell] ?? '').indexOf('\0') + 1
  return {
    code: 'nul_byte',
    ...inColumn(cell, columns),
    value: shownValue(cells[cell] ?? ''),
    reason: `There is a NUL byte in ${place(cell, columns)}, letter ${letter}: the file is damaged there, or was cut while it was written. Mend it and collect the file again.`,
  }
}

/** Letters that stand for bytes, with all that is not ASCII as it would be written in a program. */
const showBytes = (letters: string) =>
  letters
    .slice(0, MAX_SHOWN_VALUE)
    .replace(
      /[^\x20-\x7e]/g,
      (letter) => `\\x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )

/** `byte` counts from 0 in the row; `cell` is -1 where it can't be told. */
export function rejectEncoding(
  { byte, encoding, cell }: { byte: number; encoding: string; cell: number },
  letters: string,
  columns: readonly string[],
): Reject {
  const where = cell < 0 ? '' : ` in ${place(cell, columns)}`
  return {
    code: 'wrong_encoding',
    ...inColumn(cell, columns),
    value: shownValue(showBytes(letters)),
    reason: `Byte ${byte + 1} of the row${where} is not ${encoding}. Choose the right encoding in the silo, or mend the file, and collect the file again.`,
  }
}

export function rejectLongRow(beginning: string): Reject {
  return {
    code: 'row_too_long',
    value: shownValue(beginning),
    reason: `The row is longer than ${MAX_ROW_BYTES.toLocaleString('en')} bytes. Is a line end missing? It is not kept, so it can only be collected again with its file.`,
  }
}
