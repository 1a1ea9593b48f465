import type { Companion } from '@/components/collection/tables/use-table-check'
import type { TenantScope } from '@/lib/access/scope'
import type { Step } from '@/lib/collection/lines/definition'
import { getLine } from '@/lib/collection/lines/get'
import { listTables } from '@/lib/collection/tables/list'
import type { TableDetail } from '@/lib/collection/tables/table'
import { readCompanion } from './read-companion'

/** Lines that are looked at: a mapping is rarely used by more. */
const MAX_LINES = 3

/** With which event properties a mapping is used, and the attributes that rows have there. */
export async function findCompanion(
  scope: TenantScope,
  { id, kind, usedBy }: TableDetail,
): Promise<{ companion: Companion | undefined; attributes: string[] }> {
  if (kind !== 'mapping') return { companion: undefined, attributes: [] }
  const lines = await Promise.all(usedBy.slice(0, MAX_LINES).map((line) => getLine(scope, { id: line.id })))
  const attributes = new Set<string>()
  let propertiesId: string | undefined
  for (const { definition } of lines) {
    for (const name of definition.source.attributes) attributes.add(name)
    for (const step of definition.steps) {
      if (step.kind === 'processing' && step.mappingId === id) propertiesId ??= step.propertiesId
      for (const name of addedBy(step)) attributes.add(name)
    }
  }
  if (!propertiesId) {
    const all = await listTables(scope, { kind: 'properties' })
    propertiesId = all.length === 1 ? all[0]?.id : undefined
  }
  const companion = propertiesId ? await readCompanion(scope, { id: propertiesId }) : undefined
  return { companion, attributes: [...attributes] }
}

function addedBy(step: Step): string[] {
  if (step.kind === 'update') return step.set.map(({ attribute }) => attribute)
  return step.kind === 'join' ? step.add.map(({ attribute }) => attribute) : []
}
