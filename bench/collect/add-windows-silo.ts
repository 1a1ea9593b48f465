import { readFileSync } from 'node:fs'
import type { TenantScope } from '@/lib/access/scope'
import { createLine } from '@/lib/collection/lines/create'
import { createSilo } from '@/lib/collection/silos/create'
import { createSiloSchema } from '@/lib/collection/silos/input'
import { createTable } from '@/lib/collection/tables/create'
import { processedTarget } from '@/lib/collection/target/processed-target'
import { WINDOWS_COLUMNS } from './windows-rows'

export const SILO = 'windows-security'

const readTable = (name: string) =>
  readFileSync(new URL(`../../e2e/data/windows-security/${name}.csv`, import.meta.url), 'utf8')

/** A silo whose line is the log processing of the two files that came with the events. Gives the line's id. */
export async function addWindowsSilo(scope: TenantScope): Promise<string> {
  const addTable = async (kind: 'properties' | 'mapping', content: string) =>
    (await createTable(scope, { kind, name: kind, note: '', content })).id
  const propertiesId = await addTable('properties', readTable('eventproperties'))
  const mapping = readTable('eventmapping').replaceAll(';theshire;', `;${scope.tenantSlug};`)
  const mappingId = await addTable('mapping', mapping)
  const definition = {
    source: { attributes: [...WINDOWS_COLUMNS] },
    steps: [
      {
        kind: 'processing' as const,
        note: '',
        propertiesId,
        mappingId,
        eventIdAttribute: 'eventid',
        unknown: 'reject' as const,
      },
    ],
    target: processedTarget(),
  }
  const { id: lineId } = await createLine(scope, { name: SILO, note: '', definition })
  await createSilo(scope, createSiloSchema.parse({ name: SILO, lineId }))
  return lineId
}
