import { z } from 'zod'

/** `latin1` is what the web calls so (WHATWG): windows-1252, which leaves no byte without a letter. */
export const ENCODINGS = ['utf-8', 'latin1', 'utf-16le', 'utf-16be'] as const
export const DELIMITERS = [';', ',', '\t', '|'] as const
export const QUOTES = ['"', "'", ''] as const
export const HEADERS = ['first', 'none'] as const

/** What a silo says about its files; of what is left out the reader finds out itself. */
export const readingChoiceSchema = z.strictObject({
  encoding: z.enum(ENCODINGS, { error: `Choose one of ${ENCODINGS.join(', ')}.` }).optional(),
  delimiter: z.enum(DELIMITERS, { error: 'Choose semicolon, comma, tab or bar.' }).optional(),
  quote: z.enum(QUOTES, { error: 'Choose double quotes, single quotes or none.' }).optional(),
  header: z
    .enum(HEADERS, { error: 'Say whether the first row names the columns.' })
    .optional()
    .describe('`none`: the line that reads the file names the columns.'),
})
export type ReadingChoice = z.output<typeof readingChoiceSchema>

/** How a file is read. */
export type Reading = {
  encoding: (typeof ENCODINGS)[number]
  /** Bytes of the byte order mark before the first line: 0, 2 or 3. */
  bomBytes: number
  delimiter: string
  /** Empty: quotes are letters as all others. */
  quote: string
  header: (typeof HEADERS)[number]
  /** `cr`: files of old Macs, whose lines end with a carriage return alone. Elsewhere LF and CRLF may be mixed. */
  lineEnd: 'lf' | 'cr'
}
