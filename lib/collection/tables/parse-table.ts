import { parseLookup } from './parse-lookup'
import { parseMapping } from './parse-mapping'
import { parseProperties } from './parse-properties'
import { ProblemList } from './problem-list'
import { readRecords } from './read-records'
import type { TableContent, TableKind, TableProblem } from './table'

/** The delimiter of the two configuration files, and of every table that is kept. */
const SEMICOLON = ';'
const DELIMITERS = [SEMICOLON, ',', '\t', '|']
const DELIMITER_NAMES: Readonly<Record<string, string>> = { ',': 'commas', '\t': 'tabs', '|': 'bars' }

/** What parts the header into most names. */
function detectDelimiter(content: string): string {
  const header = content.split(/[\r\n]/, 1)[0] ?? ''
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as string
}

/** What a table's text contains, and all that is wrong with it, errors first; at most fifty problems. */
export type ParsedTable = { content: TableContent; problems: TableProblem[] }

/**
 * Reads the CSV of a table: properties and mapping are separated by semicolons, for a lookup the delimiter is found
 * out. `mandants` are the names of the workspace, where a mapping shall be checked for them.
 */
export function parseTable(kind: TableKind, text: string, mandants?: ReadonlySet<string>): ParsedTable {
  const problems = new ProblemList()
  const found = detectDelimiter(text)
  if (kind !== 'lookup' && found !== SEMICOLON) {
    const detail = `The columns are separated by ${DELIMITER_NAMES[found]}. This file's are separated by semicolons.`
    problems.error(1, undefined, detail)
    return { content: { columns: [], rows: [] }, problems: problems.list() }
  }
  const raw = readRecords(text, found, problems)
  if (!raw) return { content: { columns: [], rows: [] }, problems: problems.list() }
  const parse = { properties: parseProperties, mapping: parseMapping, lookup: parseLookup }[kind]
  const content = parse(raw, problems, mandants)
  return { content, problems: problems.list() }
}
