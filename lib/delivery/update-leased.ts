import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { executePrepared } from '@/db/execute-prepared'
import { deliveryStreams } from '@/db/schema/delivery'
import { LEASE_SECONDS, type LeasedStream, type MovingColumns, movingColumns } from './lease-stream'
import type { StreamKey } from './matching-events'
import { pacedDue, pacedUntil, type Told } from './paced-until'
import { type Due, dueAt } from './schedule'

export type StreamChanges = PgUpdateSetSource<typeof deliveryStreams>

/**
 * What comes after a change: the lease goes on, or ends and the stream is due again. `told` is a message to people that
 * counts for their pace.
 */
export type Leaving = ({ keepLease: true } | { keepLease: false; due?: Due }) & { told?: Told }

const s = deliveryStreams

/**
 * A statement's beginning: the common table `held`, which changes the stream only while the lease is ours. It has no
 * row if the lease was lost: somebody else answers for the stream now, so whatever hangs on `held` does not happen.
 * A stream that a person has paused meanwhile keeps no lease.
 */
export function whileHeld(stream: LeasedStream, changes: StreamChanges, leaving: Leaving): SQL {
  const until = leaving.told ? pacedUntil(leaving.told) : sql`${s.pacedUntil}`
  const lease = leaving.keepLease
    ? {
        leaseToken: sql`case when ${s.state} = 'active' then ${s.leaseToken} end`,
        leaseUntil: sql`case when ${s.state} = 'active' then now() + ${LEASE_SECONDS}::int * interval '1 s' end`,
      }
    : {
        leaseToken: null,
        leaseUntil: null,
        ...(leaving.due && { dueAt: nextLook(leaving.due, stream, until) }),
      }
  const told = leaving.told && { pacedUntil: until }
  const update = database('deliver')
    .update(s)
    .set({ ...lease, ...told, ...changes })
    .where(isHeld(stream))
  return sql`with held as (${update.getSQL()} returning ${movingColumns})`
}

function nextLook(due: Due, stream: LeasedStream, until: SQL): SQL {
  return typeof due === 'object' && 'pace' in due ? pacedDue(due.pace, until) : dueAt(due, stream)
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
