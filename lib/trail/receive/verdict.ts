import type { Violation } from '@/lib/errors/app-error'
import { acceptEvent } from '@/lib/event/accept-event'
import { append } from '@/lib/trail/append'
import { type EventRow, rowLeafHash, type TrailOwner, toEventRow } from '@/lib/trail/event-row'
import { receivedNow } from '@/lib/trail/received-now'

/**
 * What became of one event that was sent. `id` and `seq` of a duplicate are those of the first. `proof` is there if
 * the sender waited for the seal.
 */
export type Verdict =
  | { status: 'created'; id: string; seq: number; leafHash: string; proof?: string | undefined }
  | { status: 'duplicate'; id: string; seq: number; proof?: string | undefined }
  | { status: 'rejected'; errors: Violation[] }

/** Whose events these are, how they came, and the request's Idempotency-Key. */
export type Reception = { owner: TrailOwner; origin: string; idempotencyKey: string | undefined }

/**
 * One item of a request: a parsed value and its place, or why it could not be parsed. `identity` tells a repeated
 * delivery of an event that has no `dataSource` and `externalRef`.
 */
export type Item =
  | { index: number; value: unknown; identity?: readonly string[] | undefined }
  | { violation: Violation }

/** Items checked, given ids and hashed, but not yet in the trail. */
export type Prepared = { rows: EventRow[]; verdicts: (Verdict | EventRow)[] }

const isRow = (outcome: Verdict | EventRow): outcome is EventRow => 'leaf' in outcome

/** Checks and hashes items: the CPU's part, apart from the database's, so that the two can overlap. */
export function prepareItems(items: Item[], reception: Reception): Prepared {
  const receivedAt = receivedNow()
  const rows: EventRow[] = []
  const verdicts = items.map((item): Verdict | EventRow => {
    if ('violation' in item) return { status: 'rejected', errors: [item.violation] }
    const acceptance = acceptEvent(item.value, receivedAt)
    if ('violations' in acceptance) return { status: 'rejected', errors: acceptance.violations }
    const { owner, origin, idempotencyKey } = reception
    const requestKey =
      idempotencyKey === undefined ? undefined : ['request', origin, idempotencyKey, String(item.index)]
    const identity = item.identity ?? requestKey
    const row = toEventRow(owner, acceptance.accepted, origin, receivedAt, identity)
    rows.push(row)
    return row
  })
  return { rows, verdicts }
}

/** Appends what was prepared. Resolves once it is durable; throws `unavailable` when that can't be said. */
export async function appendPrepared({ rows, verdicts }: Prepared): Promise<Verdict[]> {
  const results = await append(rows)
  let next = 0
  return verdicts.map((outcome): Verdict => {
    if (!isRow(outcome)) return outcome
    const result = results[next++]
    if (!result) throw new Error('the trail answered for fewer events than it was given')
    const { id, seq, duplicate } = result
    return duplicate
      ? { status: 'duplicate', id, seq }
      : { status: 'created', id, seq, leafHash: rowLeafHash(outcome) }
  })
}

export type VerdictCounts = { accepted: number; duplicates: number; rejected: number }

export function countVerdicts(verdicts: Verdict[]): VerdictCounts {
  const counts = { accepted: 0, duplicates: 0, rejected: 0 }
  for (const { status } of verdicts) {
    if (status === 'created') counts.accepted++
    else if (status === 'duplicate') counts.duplicates++
    else counts.rejected++
  }
  return counts
}
