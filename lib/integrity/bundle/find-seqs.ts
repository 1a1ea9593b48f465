import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { AppError } from '@/lib/errors/app-error'
import type { Log } from '@/lib/integrity/log/read-log'

/**
 * The places of events in the trail, ascending, each once. Throws `not_found` if one of the ids is none of this
 * trail, `conflict` for one that can't be proven, now or any more.
 */
export async function findSeqs(
  tx: Transaction,
  tenantId: string,
  { size, refused }: Log,
  ids: readonly string[],
): Promise<number[]> {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))]
  const found = await tx
    .select({
      id: events.id,
      seq: events.seq,
      isEmptied: sql<boolean>`${events.seed} is null and ${events.redaction} ? 'content'`,
    })
    .from(events)
    .where(and(eq(events.tenantId, tenantId), inArray(events.id, wanted)))
  const known = new Set(found.map(({ id }) => id))
  const unknown = wanted.find((id) => !known.has(id))
  if (unknown) throw new AppError('not_found', `There is no event with the id ${unknown} in this trail.`)
  const emptied = found.find(({ isEmptied }) => isEmptied)
  if (emptied)
    throw new AppError(
      'conflict',
      `The content of event ${emptied.id} is gone, because the time of retention of its type has passed. Leave it out.`,
    )
  const unsealed = found.find(({ seq }) => seq >= size)
  if (unsealed)
    throw new AppError(
      'conflict',
      `Event ${unsealed.id} is not sealed yet. ${refused ?? 'Ask again in a second.'}`,
    )
  return found.map(({ seq }) => seq).sort((a, b) => a - b)
}
