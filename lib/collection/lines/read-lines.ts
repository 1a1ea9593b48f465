import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { LineView } from './line-view'

type Row = {
  id: string
  name: string
  note: string
  version: number
  steps: LineView['steps']
  silos: string[]
  used_by: LineView['usedBy']
  saved_by: string
  created_at: Date
  updated_at: Date
}

/** The tenant's lines as lists show them, by name; or one of them. */
export async function readLines(tx: Transaction, tenantId: string, id?: string): Promise<LineView[]> {
  const rows = await tx.execute<Row>(sql`
    select l.id, l.name, l.note, l.version, v.saved_by, l.created_at, l.updated_at,
      coalesce((select jsonb_agg(step->>'kind' order by place)
        from jsonb_array_elements(v.definition->'steps') with ordinality own (step, place)), '[]') as steps,
      coalesce((select jsonb_agg(s.name order by s.name) from silos s
        where s.tenant_id = l.tenant_id and s.line_id = l.id and s.removed_at is null), '[]') as silos,
      coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.name)
        from lines o join line_versions w
          on w.tenant_id = o.tenant_id and w.line_id = o.id and w.version = o.version
        where o.tenant_id = l.tenant_id and o.removed_at is null
          and w.definition->'steps' @> jsonb_build_array(jsonb_build_object('lineId', l.id))), '[]') as used_by
    from lines l
    join line_versions v on v.tenant_id = l.tenant_id and v.line_id = l.id and v.version = l.version
    where l.tenant_id = ${tenantId} and l.removed_at is null ${id === undefined ? sql`` : sql`and l.id = ${id}`}
    order by lower(l.name), l.id`)
  return rows.map(({ used_by, saved_by, created_at, updated_at, ...row }) => ({
    ...row,
    usedBy: used_by,
    savedBy: saved_by,
    createdAt: new Date(created_at),
    updatedAt: new Date(updated_at),
  }))
}
