import type { Reading } from '@/lib/collection/reading/reading'

export const ENCODING_WORDS: Record<Reading['encoding'], string> = {
  'utf-8': 'UTF-8',
  latin1: 'Latin-1 (Windows-1252)',
  'utf-16le': 'UTF-16, little endian',
  'utf-16be': 'UTF-16, big endian',
}
export const DELIMITER_WORDS: Record<string, string> = {
  ';': 'semicolon',
  ',': 'comma',
  '\t': 'tab',
  '|': 'bar',
}
export const QUOTE_WORDS: Record<string, string> = {
  '"': 'double quotes',
  "'": 'single quotes',
  '': 'none: quotes are letters',
}
export const HEADER_WORDS: Record<Reading['header'], string> = {
  first: 'the first row names the columns',
  none: 'none: the line names the columns',
}

/** `UTF-8 with BOM, semicolon, 11 columns`: how a file is read, as short as it can be told. */
export function readingInWords(reading: Reading, header: readonly string[] | null): string {
  const { encoding, bomBytes, delimiter } = reading
  const columns = header ? `${header.length} ${header.length === 1 ? 'column' : 'columns'}` : 'no header'
  return [
    `${ENCODING_WORDS[encoding]}${bomBytes > 0 ? ' with BOM' : ''}`,
    DELIMITER_WORDS[delimiter] ?? delimiter,
    columns,
  ].join(', ')
}
