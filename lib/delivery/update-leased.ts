import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { executePrepared } from '@/db/execute-prepared'
import { deliveryStreams } from '@/db/schema/delivery'
import { LEASE_SECONDS, type LeasedStream, type MovingColumns, movingColumns } from './lease-stream'
import type { StreamKey } from './matching-events'
import { type Due, dueAt } from './schedule'

export type StreamChanges = PgUpdateSetSource<typeof deliveryStreams>

/** What comes after a change: the lease goes on, or ends and the stream is due again. */
export type Leaving = { keepLease: true } | { keepLease: false; due?: Due }

const s = deliveryStreams

/**
 * A statement's beginning: the common table `held`, which changes the stream only while the lease is ours. It has no
 * row if the lease was lost: somebody else answers for the stream now, so whatever hangs on `held` does not happen.
 * A stream that a person has paused meanwhile keeps no lease.
 */
export function whileHeld(stream: LeasedStream, changes: StreamChanges, leaving: Leaving): SQL {
  const lease = leaving.keepLease
    ? {
        leaseToken: sql`case when ${s.state} = 'active' then ${s.leaseToken} end`,
        leaseUntil: sql`case when ${s.state} = 'active' then now() + ${LEASE_SECONDS}::int * interval '1 s' end`,
      }
    : { leaseToken: null, leaseUntil: null, ...(leaving.due && { dueAt: dueAt(leaving.due, stream) }) }
  const update = database('deliver')
    .update(s)
    .set({ ...lease, ...changes })
    .where(isHeld(stream))
  return sql`with held as (${update.getSQL()} returning ${movingColumns})`
}

const isHeld = ({ tenantId, destinationId, leaseToken }: StreamKey & { leaseToken: string }) =>
  and(eq(s.tenantId, tenantId), eq(s.destinationId, destinationId), eq(s.leaseToken, leaseToken))

/** Runs a statement that gives the row of `held`. Undefined means that the lease was lost. */
export async function runHeld<More extends object>(
  stream: LeasedStream,
  statement: SQL,
): Promise<(LeasedStream & More) | undefined> {
  const [row] = await executePrepared<MovingColumns & More>('deliver', statement)
  return row && { ...stream, ...row }
}

/** Changes a stream only while the lease is ours, and renews or ends the lease. Undefined: the lease was lost. */
export function updateLeased(
  stream: LeasedStream,
  changes: StreamChanges,
  leaving: Leaving,
): Promise<LeasedStream | undefined> {
  return runHeld(stream, sql`${whileHeld(stream, changes, leaving)} select * from held`)
}
