import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { TenantScope } from '@/lib/access/scope'
import { receiveFile } from '@/lib/collection/files/receive'
import { createLine } from '@/lib/collection/lines/create'
import type { LineDefinition } from '@/lib/collection/lines/definition'
import { createSilo } from '@/lib/collection/silos/create'
import { createSiloSchema } from '@/lib/collection/silos/input'
import { createTable } from '@/lib/collection/tables/create'
import { processedTarget } from '@/lib/collection/target/processed-target'

const folder = new URL('../../../../e2e/data/windows-security/', import.meta.url)

/** The recorded Windows events: 6,138 rows with their header; its lines end with CRLF. */
export const windowsCsv = () => gunzipSync(readFileSync(new URL('security.csv.gz', folder))).toString()

export const windowsMapping = (scope: TenantScope) =>
  readFileSync(new URL('eventmapping.csv', folder), 'utf8').replaceAll(';theshire;', `;${scope.tenantSlug};`)

export type WindowsSilo = { silo: string; lineId: string; propertiesId: string; mappingId: string }

/** A silo whose line is the log processing of both files that came with the events. */
export async function makeWindowsSilo(scope: TenantScope, silo = 'windows-security'): Promise<WindowsSilo> {
  const content = readFileSync(new URL('eventproperties.csv', folder), 'utf8')
  const name = (what: string) => `${silo} ${what}`
  const table = (kind: 'properties' | 'mapping', text: string) =>
    createTable(scope, { kind, name: name(kind), note: '', content: text })
  const { id: propertiesId } = await table('properties', content)
  const { id: mappingId } = await table('mapping', windowsMapping(scope))
  const definition: LineDefinition = {
    source: { attributes: windowsCsv().split('\r\n', 1)[0]?.split(';') ?? [] },
    steps: [
      {
        kind: 'processing',
        note: '',
        propertiesId,
        mappingId,
        eventIdAttribute: 'eventid',
        unknown: 'reject',
      },
    ],
    target: processedTarget(),
  }
  const { id: lineId } = await createLine(scope, { name: name('line'), note: '', definition })
  await createSilo(scope, createSiloSchema.parse({ name: silo, lineId }))
  return { silo, lineId, propertiesId, mappingId }
}

/** The same rows so many times, each time with record numbers of its own: as many different events. */
export function multipliedCsv(times: number): string {
  const [header, ...rows] = windowsCsv().trimEnd().split('\n')
  const copies = Array.from({ length: times }, (_, copy) =>
    rows.map((row) => {
      const cells = row.split(';')
      cells[2] = `${copy}-${cells[2]}`
      return cells.join(';')
    }),
  )
  return `${[header, ...copies.flat()].join('\n')}\n`
}

/** Hands text over as a file. */
export async function handOver(scope: TenantScope, silo: string, name: string, text: string | Buffer) {
  async function* bytes() {
    yield Buffer.from(text)
  }
  return receiveFile(scope, { silo, name, bytes: bytes() })
}
