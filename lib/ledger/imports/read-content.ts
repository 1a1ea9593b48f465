import { decodeContent } from './decode-content'
import { GivenEntities } from './given-entities'
import type { ImportOptions } from './input'
import { readCsv } from './read-csv'
import { readJson } from './read-json'
import { unpack } from './unpack'

/** What a file says, what is wrong with it, and what may be. */
type ReadContent = { entities: GivenEntities; hints: string[] }

/**
 * Reads what was handed over. The event loop is given back all the while. Throws `invalid` and `too_large` for what
 * can't be read at all; what is wrong with single lines is in `entities.problems`.
 */
export async function readContent(
  content: string | Buffer,
  { type, format, delimiter }: Pick<ImportOptions, 'type' | 'format' | 'delimiter'>,
): Promise<ReadContent> {
  const { text, doubts } = decodeContent(typeof content === 'string' ? content : await unpack(content))
  const entities = new GivenEntities()
  if ((format ?? (/^\s*[[{]/.test(text) ? 'json' : 'csv')) === 'json') {
    await readJson(type, text, entities)
    return { entities, hints: doubts }
  }
  const hints = await readCsv(type, text, { delimiter }, entities)
  return { entities, hints: [...doubts, ...hints] }
}
