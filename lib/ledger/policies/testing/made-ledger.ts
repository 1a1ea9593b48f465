import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { writeEntities } from '@/lib/ledger/entities/write-entities'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { Reference } from '@/lib/ledger/matching/references-of'
import type { Segment } from '@/lib/ledger/matching/segment'
import type { PolicyVersion } from '@/lib/ledger/policies/definition'
import { matchReferences } from '@/lib/ledger/policies/match-references'
import { comparisonSchema } from '@/lib/ledger/rules/definition'
import type { MadeEntity, MadeRecord } from './naive-match'

export const DAY_MS = 86_400_000
const toMs = (day: number | null) => (day === null ? null : day * DAY_MS)

export const actor = (said: Partial<Reference>): Reference => ({
  origin: 'token:x',
  role: 'actor',
  type: null,
  name: null,
  parent: null,
  identity: null,
  refId: null,
  ...said,
})
export const target = (type: string | null, said: Partial<Reference>): Reference => ({
  ...actor(said),
  role: 'target',
  type,
})
export const record = (displayName: string, more: Partial<MadeRecord> = {}): MadeRecord => ({
  from: null,
  to: null,
  displayName,
  attributes: {},
  links: {},
  ...more,
})
type Made = Omit<MadeEntity, 'id'>
export const account = (login: string, repository: string, more: Partial<MadeRecord> = {}): Made => ({
  type: 'account',
  key: `${repository}\\${login}`,
  records: [
    record(login, {
      ...more,
      attributes: { login, ...more.attributes },
      links: { repository: [repository], ...more.links },
    }),
  ],
})

async function tenantOf(tx: Transaction): Promise<string> {
  const [row] = await tx.execute<{ id: string }>(sql`select spoor_tenant() as id`)
  return row?.id ?? ''
}

export async function write(tx: Transaction, made: readonly Made[]): Promise<MadeEntity[]> {
  const written: MadeEntity[] = []
  for (const type of new Set(made.map((one) => one.type))) {
    const some = made.filter((one) => one.type === type)
    const changes = some.map(({ key, records }) => ({
      key,
      records: records.map(({ from, to, ...rest }) => ({ ...rest, from: toMs(from), to: toMs(to) })),
    }))
    const ids = await writeEntities(tx, await tenantOf(tx), type, changes)
    written.push(...some.map((one, i) => ({ ...one, id: ids[i] as string })))
  }
  return written
}

class Undo extends Error {}

/** Does it all in a transaction that is undone. */
export async function within<T>(scope: TenantScope, run: (tx: Transaction) => Promise<T>): Promise<T> {
  let result: T | undefined
  await inTenant(scope, async (tx) => {
    result = await run(tx)
    throw new Undo()
  }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error
  })
  return result as T
}

export const newEntry = (
  logEntity: PolicyVersion['entries'][number]['logEntity'],
  entityType: EntityType,
  comparisons: object[],
  display = '{identity|display_name}',
): PolicyVersion['entries'][number] => ({
  logEntity,
  ruleId: randomUUID(),
  display,
  rule: {
    name: 'Rule',
    version: 3,
    entityType,
    definition: { comparisons: comparisons.map((one) => comparisonSchema.parse(one)) },
  },
})
export const by = (attribute: string, parameter: number, how = 'ignoring-case') => ({
  kind: 'finds',
  attribute,
  by: how,
  parameter,
})
export const BY_LOGIN = newEntry('actor', 'account', [by('login', 1), by('repository', 2)])

const policyOf = (...entries: PolicyVersion['entries']) => ({
  id: '00000000-0000-4000-8000-000000000001',
  version: 7,
  definition: { entries },
})
export const match = async (tx: Transaction, entries: PolicyVersion['entries'], references: Reference[]) =>
  matchReferences(tx, await tenantOf(tx), policyOf(...entries), references)

export const at = (segments: readonly Segment[] | undefined, day: number): Segment | undefined =>
  segments?.find(
    ({ validFrom, validTo }) =>
      (validFrom === null || validFrom.getTime() <= day * DAY_MS) &&
      (validTo === null || day * DAY_MS < validTo.getTime()),
  )
