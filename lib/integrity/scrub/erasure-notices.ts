import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { eventFinding, type ScrubFinding } from './scrub-failure'
import type { Visit } from './visit-trail'

const MAX_SLOTS_OF_MEMBER = 32
/** Unexplained erasures that are named one by one in a pass. */
const MAX_NAMED = 1_000

/** How many values a pointer may stand for: everything, the members of a member, or one. */
function capacityOf(pointer: string): number {
  if (pointer === '') return Number.POSITIVE_INFINITY
  return pointer.indexOf('/', 1) < 0 ? MAX_SLOTS_OF_MEMBER : 1
}

/** A pass begins with nothing to explain. */
export async function forgetErasures(tx: Transaction, tenantId: string): Promise<void> {
  await tx.execute(sql`delete from log_scrub_erasures where tenant_id = ${tenantId}`)
}

/** Keeps the erased events that a visit met, and the notices that stand behind them and name them. */
export async function noteErasures(tx: Transaction, tenantId: string, visit: Visit): Promise<void> {
  const { erasures, notices, log } = visit
  if (erasures.length > 0)
    await tx.execute(sql`
      insert into log_scrub_erasures (tenant_id, seq, erased, head_seq)
      select ${tenantId}, seq, erased, ${log?.nextSeq ?? 0}
      from json_to_recordset(${JSON.stringify(erasures)}::json) as x(seq bigint, erased int) on conflict do nothing`)
  for (const { targets, pointers } of notices)
    if (targets.length > 0)
      await tx.execute(sql`
        update log_scrub_erasures set pointers = array(select distinct unnest(
          pointers || array(select json_array_elements_text(${JSON.stringify(pointers)}::json))))
        where tenant_id = ${tenantId} and seq = any(${`{${targets.join(',')}}`}::bigint[])`)
}

/**
 * Erased events that nothing explains. Undefined while some were read so lately that the notice may not be sealed
 * yet: it is in the trail before `head_seq`.
 */
export async function findUnexplained(
  tx: Transaction,
  tenantId: string,
  size: number,
): Promise<ScrubFinding[] | undefined> {
  const [waiting] = await tx.execute(
    sql`select 1 from log_scrub_erasures where tenant_id = ${tenantId} and head_seq > ${size} limit 1`,
  )
  if (waiting) return undefined
  const rows = await tx.execute<{ seq: number; erased: number; pointers: string[] }>(sql`
    select seq, erased, to_json(pointers) as pointers from log_scrub_erasures where tenant_id = ${tenantId}
      and cardinality(pointers) < greatest(erased, 1) and not ('' = any(pointers)) order by seq limit ${MAX_NAMED}`)
  return rows
    .filter(({ erased, pointers }) => {
      const capacity = pointers.reduce((sum, pointer) => sum + capacityOf(pointer), 0)
      return capacity < Math.max(erased, 1)
    })
    .map(({ seq, erased }) => {
      const what = erased === 0 ? 'It is empty' : `${erased} of its values are gone`
      return eventFinding('erased_without_notice', seq, seq, `${what}, and no later event says why.`)
    })
}
