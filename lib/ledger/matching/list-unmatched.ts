import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '@/db/client'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import type { ShownEntity } from '@/lib/ledger/matched/matched-event'
import {
  type ListUnmatched,
  listUnmatchedSchema,
  type UnmatchedName,
  type UnmatchedPage,
} from './unmatched-view'

type Row = Omit<UnmatchedName, 'lastAt' | 'candidates'> & {
  /** The first of its references: what the place in the list is told by where the counts are equal. */
  id: number
  ids: number[]
  lastAt: string | null
  /** The same as `lastSeq`, as PostgreSQL's bigint: by which the event is found. */
  last_seq: string
}

/** Nobody keeps a ledger of Spoor's programs, tokens and imports; its people are looked for by their addresses. */
const IS_OF_SPOOR = sql`(origin = 'system' or (origin = 'console' and role = 'target'))`

/**
 * Names of actors and targets that the ledger doesn't know, or knows several times: those of most events first, each once
 * however many sources have it. Spoor's own are left out. Throws `invalid`.
 */
export function listUnmatched(scope: TenantScope, input: ListUnmatched = {}): Promise<UnmatchedPage> {
  requirePermission(scope, 'ledger:read')
  const wanted = parseInput(listUnmatchedSchema, input)
  const { tenantId } = scope
  return inTenantSnapshot(scope, async (tx) => {
    const rows = await readNames(tx, tenantId, wanted)
    const page = rows.slice(0, wanted.limit)
    const last = page.at(-1)
    const candidates = wanted.state === 'ambiguous' ? await readCandidates(tx, tenantId, page) : undefined
    return {
      names: page.map(({ id, ids: _, last_seq: __, lastAt, ...name }) => ({
        ...name,
        lastAt: lastAt === null ? null : new Date(lastAt),
        ...(candidates && { candidates: candidates.get(id) ?? [] }),
      })),
      next: rows.length > wanted.limit && last ? `${last.events}-${last.id}` : null,
    }
  })
}

type Wanted = z.output<typeof listUnmatchedSchema>

async function readNames(tx: Transaction, tenantId: string, wanted: Wanted): Promise<Row[]> {
  const { role, state, type, q } = wanted
  const conditions: SQL[] = [sql`tenant_id = ${tenantId}`, sql`state = ${state}`, sql`not ${IS_OF_SPOOR}`]
  if (role) conditions.push(sql`role = ${role}`)
  if (type !== undefined) conditions.push(sql`type = ${type}`)
  if (q)
    conditions.push(
      sql`strpos(lower(concat_ws(E'\n', name, parent, identity, ref_id)), ${q.toLowerCase()}) > 0`,
    )
  const rows = await tx.execute<Row>(sql`
    select n.*, n.last_seq::float8 as "lastSeq", (select to_char(e.occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from events e where e.tenant_id = ${tenantId} and e.seq = n.last_seq)
      as "lastAt"
    from (
      select min(id) as id, to_json(array_agg(id)) as ids, role, type, name, parent, identity, ref_id as "refId",
        to_json(array_agg(distinct origin)) as origins, sum(events)::float8 as events,
        max(last_seq) as last_seq
      from ledger_references where ${sql.join(conditions, sql` and `)}
      group by role, type, name, parent, identity, ref_id
      having ${behind(wanted.after)}
      order by sum(events) desc, min(id) limit ${wanted.limit + 1}
    ) n order by n.events desc, n.id`)
  return [...rows]
}

function behind(after: string | undefined): SQL {
  if (after === undefined) return sql`true`
  const [, events, id] = /^(\d{1,15})-(\d{1,10})$/.exec(after) ?? []
  if (events === undefined || id === undefined)
    throw new AppError('invalid', 'after: this is no place in the list. Take `next` of the page before.')
  return sql`(sum(events) < ${events}::bigint or (sum(events) = ${events}::bigint and min(id) > ${id}::bigint))`
}

/** Of each name what its newest ambiguous match shows. */
async function readCandidates(
  tx: Transaction,
  tenantId: string,
  rows: readonly Row[],
): Promise<Map<number, ShownEntity[]>> {
  const nameOf = new Map(rows.flatMap(({ id, ids }) => ids.map((own) => [own, id])))
  const found = await tx.execute<{ referenceId: number; candidates: ShownEntity[] | null }>(sql`
    select reference_id as "referenceId", shown->'candidates' as candidates from ledger_matches
    where tenant_id = ${tenantId} and reference_id = any(${`{${[...nameOf.keys()].join(',')}}`}::int[])
      and until is null and entity_id is null
    order by valid_from nulls first, id`)
  return new Map(found.map(({ referenceId, candidates }) => [nameOf.get(referenceId) ?? 0, candidates ?? []]))
}
