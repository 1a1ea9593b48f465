import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import type { TenantScope } from '@/lib/access/scope'
import { redactEvents } from '@/lib/erasure/redact-events'
import type { Change } from '@/lib/erasure/redact-row'
import { eraseSlots } from '@/lib/integrity/evidence/erase-slots'
import { eventEntry } from '@/lib/integrity/evidence/event-entry'
import { storedSecrets } from '@/lib/integrity/evidence/stored-secrets'
import { eventSlots } from '@/lib/integrity/leaf'

/** Events emptied in one transaction: while the trail's counter is held they take some 50 ms. */
const MAX_EVENTS = 500
const MAX_BYTES = 8 * 1024 * 1024

type Row = {
  seq: number
  id: string
  receivedAt: Date
  body: string
  seed: Buffer | null
  redaction: unknown
}

/**
 * What is left of an event of a type that is kept shorter than others: the base64 content hash alone, because such
 * events are many, and their space is to be given back. Undefined if nothing else is left already.
 */
function emptyByType({ seq, id, receivedAt, body, ...row }: Row): Change | undefined {
  const secrets = storedSecrets(row)
  if (!secrets) return undefined
  const entry = eventEntry(JSON.parse(body), secrets, id, receivedAt.toISOString())
  return { seq, body: '{}', redaction: { content: (JSON.parse(entry) as { content: string }).content } }
}

/**
 * What is left of an event under the last tile, where there are 255 at most: its type, and the digests of all else,
 * so that a bundle of a complete range may hold it.
 */
function emptyByAge({ seq, body, ...row }: Row): Change | undefined {
  const secrets = storedSecrets(row)
  if (!secrets) return undefined
  const event = JSON.parse(body) as Record<string, unknown>
  const pointers = eventSlots(event).map(({ pointer }) => pointer.text)
  const {
    event: left,
    redaction,
    removed,
  } = eraseSlots(
    event,
    secrets,
    pointers.filter((pointer) => pointer !== '/type'),
  )
  return removed.length === 0 ? undefined : { seq, body: JSON.stringify(left), redaction }
}

/**
 * Empties events of [from, to), of one type or of all: what is left is the type, the time of receipt and the leaf.
 * What the trail says of itself stays, because it explains others. Gives how many, and where to go on.
 */
export async function emptyEvents(
  tx: Transaction,
  scope: TenantScope,
  { from, to, type }: { from: number; to: number; type?: string | undefined },
): Promise<{ emptied: number; next: number }> {
  const { seq, id, receivedAt, body, seed, redaction } = events
  const size = sql<number>`octet_length(${body})`
  const found = tx
    .select({
      seq,
      id,
      receivedAt,
      body,
      seed,
      redaction,
      bytesBefore: sql<number>`sum(${size}) over (order by ${seq}) - ${size}`.as('bytes_before'),
    })
    .from(events)
    .where(
      sql`${events.tenantId} = ${scope.tenantId} and ${seq} >= ${from} and ${seq} < ${to}
        and ${type === undefined ? sql`true` : sql`${events.type} = ${type}`}
        and ${events.action} not like 'trail.%' and (${redaction} is null or not ${redaction} ? 'content')`,
    )
    .orderBy(seq)
    .limit(MAX_EVENTS)
    .as('found')
  const rows = await tx
    .select()
    .from(found)
    .where(sql`${found.bytesBefore} < ${MAX_BYTES}`)
    .orderBy(found.seq)
  const empty = type === undefined ? emptyByAge : emptyByType
  const changes = rows.flatMap((row) => empty(row) ?? [])
  const last = rows.at(-1)
  const bytes = last ? Number(last.bytesBefore) + Buffer.byteLength(last.body) : 0
  const isCut = rows.length === MAX_EVENTS || bytes >= MAX_BYTES
  if (changes.length > 0)
    await redactEvents(tx, scope, changes, { pointers: [''], reasonCode: 'retention', by: 'retention' })
  return { emptied: changes.length, next: isCut && last ? last.seq + 1 : to }
}
