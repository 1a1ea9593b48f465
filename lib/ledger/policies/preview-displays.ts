import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { Comparison } from '@/lib/ledger/rules/definition'
import { parseDisplay } from './display-template'
import { matchReferences } from './match-references'

/** Entities of a type among which one with links is chosen: it shows what a template can do. */
const LOOKED_AT = 50
const NOT_SAVED = '00000000-0000-0000-0000-000000000000'

type Display = { entityType: EntityType; display: string }
/** An entity of the ledger by its own name, and how a template shows it. */
type PreviewedDisplay = { entity: string; display: string }

/**
 * How templates would show an entity that the ledger has now, in their order; null where it has none of the type, or
 * where the template can't be read. Nothing is stored.
 */
export async function previewDisplays(
  scope: TenantScope,
  { displays }: { displays: readonly Display[] },
): Promise<(PreviewedDisplay | null)[]> {
  requirePermission(scope, 'ledger:read')
  const { tenantId } = scope
  return inTenantSnapshot(scope, async (tx) => {
    const samples = await readSamples(tx, tenantId, [
      ...new Set(displays.map(({ entityType }) => entityType)),
    ])
    const shown = displays.flatMap(({ entityType, display }, at) => {
      const sample = samples.get(entityType)
      return sample && isReadable(display) ? [{ at, entityType, display, sample }] : []
    })
    const policy = {
      id: NOT_SAVED,
      version: 1,
      definition: { entries: shown.map(({ at, ...rest }) => toEntry(at, rest)) },
    }
    const references = shown.map(({ at, sample }) => ({
      ...{ origin: 'test', role: 'actor' as const, type: null, parent: null, identity: null },
      name: sample.key,
      refId: String(at),
    }))
    const found = await matchReferences(tx, tenantId, policy, references)
    const previews: (PreviewedDisplay | null)[] = displays.map(() => null)
    for (const [i, { at, sample }] of shown.entries()) {
      const now = found[i]?.find(({ validFrom, validTo }) => isNow(validFrom, validTo))
      if (now) previews[at] = { entity: sample.name, display: now.shown.display }
    }
    return previews
  })
}

function isReadable(display: string): boolean {
  try {
    parseDisplay(display)
    return true
  } catch {
    return false
  }
}

/** Finds the sample by its key, and only for the reference of this place. */
function toEntry(at: number, { entityType, display }: Display) {
  const comparisons: Comparison[] = [
    { kind: 'finds', attribute: 'key', by: 'exact', parameter: 1 },
    { kind: 'event', parameter: 4, by: 'exact', text: String(at), negate: false },
  ]
  const rule = { name: '', version: 1, entityType, definition: { comparisons } }
  return { logEntity: 'actor' as const, ruleId: NOT_SAVED, display, rule }
}

const isNow = (from: Date | null, to: Date | null) =>
  (from === null || from.getTime() <= Date.now()) && (to === null || Date.now() < to.getTime())

type Sample = { type: EntityType; key: string; name: string }

async function readSamples(
  tx: Transaction,
  tenantId: string,
  types: readonly EntityType[],
): Promise<Map<EntityType, Sample>> {
  const rows = await tx.execute<Sample>(sql`
    select w.type, s.key, s.name from unnest(${`{${types.join(',')}}`}::text[]) as w (type)
    cross join lateral (
      select e.key, r.display_name as name
      from (select id, key from ledger_entities
        where tenant_id = ${tenantId} and type = w.type order by key_fold limit ${LOOKED_AT}) e
      join ledger_records r on r.tenant_id = ${tenantId} and r.entity_id = e.id
        and (r.valid_from is null or r.valid_from <= now()) and (r.valid_to is null or r.valid_to > now())
      order by (select count(*) from jsonb_object_keys(r.links)) desc, e.key limit 1) s`)
  return new Map(rows.map((row) => [row.type, row]))
}
