import { sql } from 'drizzle-orm'
import { writtenOnce } from '@/db/execute-prepared'

type Row = { tenant_id: string }

const find = writtenOnce<Row, { except: string }>(
  'match',
  sql`select s.tenant_id from matching_state s join trail_heads h on h.tenant_id = s.tenant_id
    where (h.next_seq > s.next_seq or s.wanted > s.matched or h.first_seq > s.first_seq)
      and s.tenant_id <> all(${sql.placeholder('except')}::uuid[])
    order by s.matched_at nulls first, s.tenant_id`,
)

/** Tenants with events that are not matched yet, or with a ledger that changed since all were. */
export async function findDue(except: readonly string[]): Promise<string[]> {
  const rows = await find({ except: `{${except.join(',')}}` })
  return rows.map((row) => row.tenant_id)
}
