import { z } from 'zod'
import type { TenantScope } from '@/lib/access/scope'
import type { LineDefinition, Step } from '@/lib/collection/lines/definition'
import { STARTING_POINTS, startLine } from '@/lib/collection/lines/starting-points'
import { listTables } from '@/lib/collection/tables/list'
import type { TableKind } from '@/lib/collection/tables/table'

export const startLineSchema = z.strictObject({
  point: z.enum(STARTING_POINTS.map(({ name }) => name)),
  header: z.array(z.string()).max(500),
  rows: z.array(z.array(z.string())).max(200),
})

/** What a new line begins with; its tables are chosen where there is one of a kind only. */
export async function beginLine(
  scope: TenantScope,
  { point, ...seen }: z.output<typeof startLineSchema>,
): Promise<LineDefinition> {
  if (point !== 'processing') return startLine(point, seen)
  const all = await listTables(scope)
  const onlyOf = (wanted: TableKind) => {
    const [first, second] = all.filter(({ kind }) => kind === wanted)
    return first && !second ? first.id : ''
  }
  const tables = { propertiesId: onlyOf('properties'), mappingId: onlyOf('mapping') }
  const definition = startLine(point, seen, tables)
  const step: Step = { kind: 'processing', note: '', ...tables, eventIdAttribute: '', unknown: 'reject' }
  return definition.steps.length > 0 ? definition : { ...definition, steps: [step] }
}
