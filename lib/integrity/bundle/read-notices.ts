import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { Log } from '@/lib/integrity/log/read-log'
import type { SeqRange } from '@/lib/trail/blocks/search-blocks'
import type { TrailFilter } from '@/lib/trail/filter'
import { readHead } from '@/lib/trail/head'
import { type EventChunkRow, readEventChunks } from './read-event-chunks'

/** By which action the trail says that values were erased; no client may give an event such a name. */
export const NOTICE_ACTION = 'trail.redaction'
const NOTICES: TrailFilter = { action: { include: [NOTICE_ACTION], exclude: [] } }

/** An event that says from which events values were erased. */
export type Notice = { row: EventChunkRow; targets: number[] }

function targetsOf(body: string): number[] {
  const { data } = JSON.parse(body) as { data?: { targets?: unknown } }
  return Array.isArray(data?.targets) ? data.targets : []
}

/** The notices of erasures in a range, in order. */
export async function* readNotices(scope: TenantScope, range: SeqRange): AsyncGenerator<Notice> {
  for await (const { rows } of readEventChunks(scope, { filter: NOTICES, nowMs: Date.now() }, range))
    for (const row of rows) yield { row, targets: targetsOf(row.body) }
}

/**
 * Throws `unavailable` if values of such an event were erased by a notice that is not sealed yet: the bundle could
 * not explain what is missing.
 */
export async function checkNoticesSealed(
  scope: TenantScope,
  { size, refused }: Log,
  isMeant: (seq: number) => boolean,
): Promise<void> {
  for await (const { targets } of readNotices(scope, { from: size, to: await readHead(scope) }))
    if (targets.some(isMeant))
      throw new AppError(
        'unavailable',
        `Values were erased after the checkpoint of ${size} events, and the bundle could not explain it. ${refused ?? 'Ask again in a second, under the latest checkpoint.'}`,
        { retryAfterSeconds: 1 },
      )
}
