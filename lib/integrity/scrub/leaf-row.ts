import { eventEntry } from '@/lib/integrity/evidence/event-entry'
import { storedSecrets } from '@/lib/integrity/evidence/stored-secrets'
import { entryHash, leafEntry, leafHash } from '@/lib/integrity/leaf'
import { differingColumns, type FilterColumns } from './column-differences'

/** An event as the scrubber reads it. `receivedMs` is Unix time. */
export type EventRow = FilterColumns & {
  seq: number
  id: string
  receivedMs: number
  body: string
  seed: Buffer | null
  redaction: unknown
  leaf_hash: Buffer
}

/** What an event says about others: values that were erased, or how far retention has dropped events. */
export type Notice = { seq: number; targets: number[]; pointers: string[] }

/** A row of a log, with what follows from it. Hashes are lower-case hex. */
export type LeafRow = {
  seq: number
  /** The leaf hash in its column. */
  stored: string
  /** The leaf hash that its content makes; undefined if none can be made of it. */
  derived: string | undefined
  receivedMs?: number
  /** The leaf hash that it would have, had it been received at the time that its id was made. */
  atIdTime?: () => string | undefined
  /** Filter columns that say something else than the event. */
  columns?: string[]
  /** Values that were erased; 0 where retention emptied the whole event. */
  erased?: number
  notice?: Notice
  /** Events below it were dropped by retention, it says. */
  retainedSeq?: number
}

const TIME_DIGITS = /^([0-9a-f]{8})-([0-9a-f]{4})-7/

/** When a UUIDv7 was made, RFC 3339; undefined of any other. */
function idTime(id: string): string | undefined {
  const [, high, low] = TIME_DIGITS.exec(id) ?? []
  return high === undefined ? undefined : new Date(Number.parseInt(`${high}${low}`, 16)).toISOString()
}

function leafOf({ id, seed, redaction }: EventRow, event: Record<string, unknown>, receivedAt: string) {
  if (seed) return leafHash(event, seed, id, receivedAt)
  const secrets = storedSecrets({ seed, redaction })
  const entry = secrets
    ? eventEntry(event, secrets, id, receivedAt)
    : leafEntry((redaction as { content: string }).content, id, receivedAt)
  return entryHash(entry)
}

/** How many values a redaction says are gone; undefined if there is none. */
function countErased({ seed, redaction }: EventRow): number | undefined {
  if (seed || !redaction) return undefined
  const { redacted } = redaction as { redacted?: unknown[] }
  return redacted?.length ?? 0
}

function readNotice(seq: number, event: Record<string, unknown>): Pick<LeafRow, 'notice' | 'retainedSeq'> {
  const data = (event.data ?? {}) as Record<string, unknown>
  if (event.action === 'trail.retention')
    return Number.isSafeInteger(data.minIndex) ? { retainedSeq: data.minIndex as number } : {}
  if (event.action !== 'trail.redaction' || !Array.isArray(data.targets)) return {}
  const targets = data.targets.filter((target) => Number.isSafeInteger(target) && target < seq)
  const pointers = (Array.isArray(data.pointers) ? data.pointers : []).filter(
    (pointer) => typeof pointer === 'string',
  )
  return { notice: { seq, targets, pointers } }
}

/** Derives a row's leaf anew. Never throws: what can't be derived is what the scrubber looks for. */
export function deriveRow(row: EventRow): LeafRow {
  const { seq, body, receivedMs } = row
  const stored = row.leaf_hash.toString('hex')
  try {
    const event = JSON.parse(body) as Record<string, unknown>
    // Another spelling of the same value (a member that stands there twice) would show readers something else.
    const isRespelled = JSON.stringify(event) !== body
    // Readers would take it for erased, or its seed for still secret.
    const isHalfErased = row.seed !== null && row.redaction !== null
    if (isRespelled || isHalfErased) return { seq, stored, derived: undefined, receivedMs }
    const derived = leafOf(row, event, new Date(receivedMs).toISOString())
    const columns = differingColumns(row, event)
    const erased = countErased(row)
    return {
      seq,
      stored,
      derived,
      receivedMs,
      atIdTime: () => {
        const receivedAt = idTime(row.id)
        return receivedAt && leafOf(row, event, receivedAt)
      },
      ...(columns.length > 0 && { columns }),
      ...(erased !== undefined && { erased }),
      ...(typeof event.action === 'string' && event.action.startsWith('trail.') && readNotice(seq, event)),
    }
  } catch {
    return { seq, stored, derived: undefined, receivedMs }
  }
}

/** The same for an entry of the anchor log. */
export function deriveEntry({
  seq,
  entry,
  leaf_hash,
}: {
  seq: number
  entry: Buffer
  leaf_hash: Buffer
}): LeafRow {
  return { seq, stored: leaf_hash.toString('hex'), derived: entryHash(entry.toString('latin1')) }
}
