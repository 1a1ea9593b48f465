import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { env } from '@/env'

/** A small company's notifications many times over; a spammer's hardly begun. */
const LETTERS_A_DAY = 2_000
/** Hours that count: the running one, and a day before it. */
const WINDOW = sql`interval '24 hours'`
/** A limit that is raised, and a channel that moves to another server, are noticed within it. */
const MAX_WAIT_MS = 3_600_000

/** Letters, one for each recipient, that one tenant may send in a day by the instance's mail server. */
export const mailLimit = () => env.mailPerDay() ?? LETTERS_A_DAY

/** Letters that may be sent, and the hour that they count in. */
type Taken = { isAllowed: true; letters: number; hour: string }
/** Or how long until some of those before no longer count. */
type Allowance = Taken | { isAllowed: false; retryAfterMs: number }

/**
 * Counts letters before they are sent, for all processes. A few that are sent at the same moment may pass together.
 * One letter to more recipients than the limit passes where nothing was sent before.
 */
export async function takeAllowance(tenantId: string, letters: number): Promise<Allowance> {
  const limit = mailLimit()
  const counted = Math.min(letters, limit)
  const [row] = await database('deliver').execute<{ hour: string | null; waitMs: number }>(sql`
    with old as (
      delete from mail_hours where tenant_id = ${tenantId}::uuid and hour < date_trunc('hour', now()) - ${WINDOW}),
    used as (
      select coalesce(sum(letters), 0) as letters, min(hour) filter (where letters > 0) as since from mail_hours
      where tenant_id = ${tenantId}::uuid and hour >= date_trunc('hour', now()) - ${WINDOW}),
    taken as (
      insert into mail_hours as h (tenant_id, hour, letters)
      select ${tenantId}::uuid, date_trunc('hour', now()), ${letters}::int from used
      where ${limit}::int > 0 and used.letters + ${counted}::int <= ${limit}::int
      on conflict (tenant_id, hour) do update set letters = h.letters + excluded.letters
      returning hour)
    select (select hour::text from taken) as hour,
      coalesce(extract(epoch from used.since + ${WINDOW} + interval '1 hour' - now()) * 1000, 0)::float8 as "waitMs"
    from used`)
  if (row?.hour) return { isAllowed: true, letters, hour: row.hour }
  return { isAllowed: false, retryAfterMs: Math.min(MAX_WAIT_MS, Math.max(0, Math.ceil(row?.waitMs ?? 0))) }
}

/** For letters that no server took. */
export async function giveBackAllowance(tenantId: string, { letters, hour }: Taken): Promise<void> {
  await database('deliver').execute(sql`
    update mail_hours h set letters = greatest(0, h.letters - ${letters}::int)
    where h.tenant_id = ${tenantId}::uuid and h.hour = ${hour}::text::timestamptz`)
}
