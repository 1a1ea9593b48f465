import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { LEVELS, type Level } from '@/lib/event/levels'
import type { BellNote, RungRow } from './bell-note'
import { plainLine } from './plain-line'
import { type Reader, readRows, wordRows } from './read-notes'
import { requireReader } from './reader'

/** A name for people, which a user agent may make as long as it likes. */
const MAX_BROWSER = 80
/** Lines of a pop-up that is about several events. */
const MAX_LINES = 3

export const claimSchema = z.strictObject({ number: z.int().min(1) })
export type Claim = z.infer<typeof claimSchema>

/** What to show, all of it plain text. `why` not: it is `old`, or this person was `shown` it or its events before. */
export type ClaimAnswer =
  | { show: true; title: string; body: string; href: string; level: Level | null }
  | { show: false; why: 'old' | 'shown' }

/**
 * Asked by a browser before it shows a notification, in the words of `browser` (`Firefox on Linux`): yes for the first
 * one of a person's browsers and tabs, and only as long as it is fresh. No event is shown to a person twice, whatever
 * channels or replays it came by; an alarm of a rule is news of its own. Throws `not_found` for another one's bell.
 */
export async function claimNotification(
  scope: TenantScope,
  { number }: Claim,
  browser: string,
): Promise<ClaimAnswer> {
  const reader = { ...requireReader(scope), slug: scope.tenantSlug }
  return inTenant(scope, async (tx) => {
    await lockReader(tx, reader)
    const [row] = await readRows(tx, reader, { wanted: sql`n.number = ${number}::bigint`, limit: 1 })
    if (!row) throw new AppError('not_found', `There is no notification ${number} in your bell.`)
    if (!row.isFresh) return { show: false, why: 'old' }
    const news = await leaveNews(tx, reader, row)
    if (!news || !(await insertReceipt(tx, reader, number, browser))) return { show: false, why: 'shown' }
    const [note] = await wordRows(tx, reader, [news])
    if (!note) throw new Error('a row has its words')
    return { show: true, ...toPopUp(note) }
  })
}

/** A person's claims come one after the other, so that each sees what the one before has shown. */
async function lockReader(tx: Transaction, { tenantId, userId }: Reader): Promise<void> {
  await tx.execute(sql`
    select from members where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid for no key update`)
}

/** The notification without the events that the person was shown before; undefined where nothing is left to tell. */
async function leaveNews(tx: Transaction, reader: Reader, row: RungRow): Promise<RungRow | undefined> {
  if (row.message !== null || row.rule) return row
  const unseen = await leaveUnseen(tx, reader, row.listed)
  const isComplete = row.listed.length >= row.events
  if (!isComplete || unseen.length === row.events) return { ...row, listed: unseen }
  if (unseen.length === 0) return undefined
  return { ...row, events: unseen.length, listed: unseen, levels: await countLevels(tx, reader, unseen) }
}

async function leaveUnseen(tx: Transaction, reader: Reader, seqs: readonly number[]): Promise<number[]> {
  if (seqs.length === 0) return []
  const { tenantId, userId } = reader
  const rows = await tx.execute<{ seq: number }>(sql`
    select distinct seq::float8 as seq from notification_receipts r
    join notifications n on n.tenant_id = r.tenant_id and n.number = r.number, unnest(n.listed) seq
    where r.tenant_id = ${tenantId}::uuid and r.user_id = ${userId}::uuid and n.rule is null
      and n.first_seq <= ${Math.max(...seqs)}::bigint and n.last_seq >= ${Math.min(...seqs)}::bigint`)
  const seen = new Set(rows.map(({ seq }) => seq))
  return seqs.filter((seq) => !seen.has(seq))
}

async function countLevels(
  tx: Transaction,
  { tenantId }: Reader,
  seqs: readonly number[],
): Promise<RungRow['levels']> {
  const rows = await tx.execute<{ level: number; events: number }>(sql`
    select level, count(*)::int as events from events
    where tenant_id = ${tenantId}::uuid and seq = any(${`{${seqs.join(',')}}`}::bigint[]) group by 1`)
  return Object.fromEntries(rows.map(({ level, events }) => [LEVELS[level] ?? 'info', events]))
}

async function insertReceipt(
  tx: Transaction,
  { tenantId, userId }: Reader,
  number: number,
  browser: string,
): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into notification_receipts (tenant_id, number, user_id, browser)
    values (${tenantId}::uuid, ${number}::bigint, ${userId}::uuid, ${plainLine(browser, MAX_BROWSER)}::text)
    on conflict do nothing returning 1`)
  return inserted.length > 0
}

/** What a pop-up says. Pure. */
export function toPopUp({ title, level, listed, events, href }: BellNote) {
  const lines = listed.slice(0, MAX_LINES).map((event) => event.title)
  const more = events - lines.length
  // An alarm lists what made it full, not all that it counted.
  if (lines.length > 0 && more > 0) lines.push(`and ${more.toLocaleString('en')} more`)
  return { title, level, href, body: lines.length > 0 ? lines.join('\n') : level ? `Level ${level}` : '' }
}
