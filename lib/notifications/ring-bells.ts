import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/client'
import type { Role } from '@/lib/access/roles'
import type { Rule } from '@/lib/delivery/rules/rule'
import type { Level } from '@/lib/event/levels'
import { noteRung } from './rung'

/** Of events only places and counts: what people read is read from the trail when they look. */
export type ToldEvents = {
  events: number
  levels: Partial<Record<Level, number>>
  firstSeq: number
  lastSeq: number
  /** Places of the events to be listed, at most ten. */
  listed: readonly number[]
  /** The rule that fired, if it was one. */
  rule?: Pick<Rule, 'count' | 'withinSeconds' | 'per'>
}

/** Something for the bells of a tenant's members with one of these roles. */
export type Ringing = {
  tenantId: string
  /** The same for each try: it rings once. */
  idempotencyKey: string
  roles: readonly Role[]
} & (
  | { destinationId: string; told: ToldEvents }
  /**
   * Words of Spoor's own, never of an event, with the path in the workspace that they lead to (`channels/…`): a warning,
   * or with `destinationId` the test of that channel.
   */
  | { message: string; path: string; destinationId?: string }
)

/** The notification's number, by which bells are read, and how many members it is for. */
export type Rung = { number: number; members: number }

/** Puts it into the bells. Throws if it can't. */
export type RingBells = (ringing: Ringing) => Promise<Rung>

export const ringBells: RingBells = async (ringing) => {
  const rung = await ringWithin(database('deliver'), ringing)
  noteRung()
  return rung
}

/** The same within a transaction of the tenant: bells notice it within a second of its commit. */
export async function ringWithin(db: Database, ringing: Ringing): Promise<Rung> {
  // A statement doesn't see the row of another one that rang with the same key meanwhile; the next one does.
  const rung = (await insertOnce(db, ringing)) ?? (await insertOnce(db, ringing))
  if (!rung) throw new Error('what was rung a moment ago is not there')
  return rung
}

async function insertOnce(db: Database, ringing: Ringing): Promise<Rung | undefined> {
  const { tenantId, idempotencyKey, roles, destinationId = null } = ringing
  const told = 'told' in ringing ? ringing.told : undefined
  const own = 'told' in ringing ? undefined : ringing
  const list = (items: readonly (string | number)[]) => `{${items.join(',')}}`
  const [row] = await db.execute<Rung>(sql`
    with known as (
      select number from notifications
      where tenant_id = ${tenantId}::uuid and idempotency_key = ${idempotencyKey}::text),
    head as (
      insert into notification_heads as h (tenant_id, next_number)
      select ${tenantId}::uuid, 2 where not exists (select from known)
      on conflict (tenant_id) do update set next_number = h.next_number + 1
      returning next_number - 1 as number),
    rung as (
      insert into notifications (tenant_id, number, destination_id, idempotency_key, roles, message, path, events, levels,
        first_seq, last_seq, listed, rule)
      select ${tenantId}::uuid, head.number, ${destinationId}::uuid, ${idempotencyKey}::text, ${list(roles)}::text[],
        ${own?.message ?? null}::text, ${own?.path ?? null}::text, ${told?.events ?? 0}::int,
        ${JSON.stringify(told?.levels ?? {})}::text::jsonb, ${told?.firstSeq ?? null}::bigint, ${told?.lastSeq ?? null}::bigint,
        ${list(told?.listed ?? [])}::bigint[], ${told?.rule ? JSON.stringify(told.rule) : null}::text::jsonb
      from head
      on conflict (tenant_id, idempotency_key) do nothing returning number)
    select found.number::float8 as number, (
      select count(*)::int from members m
      where m.tenant_id = ${tenantId}::uuid and m.role = any(${list(roles)}::text[])) as members
    from (select number from rung union all select number from known) found`)
  return row
}
