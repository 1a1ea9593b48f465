import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { toAttributeMapping } from '@/lib/collection/processing/attribute-mapping'
import { toEventProperties } from '@/lib/collection/processing/event-properties'
import { parseCells } from '@/lib/collection/tables/parse-cells'
import { parseTable } from '@/lib/collection/tables/parse-table'

const FOLDER = 'e2e/data/windows-security'
const readText = (name: string) => readFileSync(`${FOLDER}/${name}`, 'utf8')

/** The recorded Windows Security events: 6,138 rows, and the two configuration files that were written for them. */
export function readWindowsEvents() {
  const properties = readText('eventproperties.csv')
  const mapping = readText('eventmapping.csv')
  const { records } = parseCells(gunzipSync(readFileSync(`${FOLDER}/security.csv.gz`)).toString(), ';')
  const [header = [], ...rows] = records.map(({ cells }) => cells)
  return {
    /** As the files stand there. */
    texts: { properties, mapping },
    properties: toEventProperties(parseTable('properties', properties).content),
    mapping: toAttributeMapping(parseTable('mapping', mapping).content),
    header,
    rows,
  }
}
