import type postgres from 'postgres'
import { afterEach, beforeEach, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { type RunCounts, runOnce } from '@/lib/delivery/run-once'
import { parseInput } from '@/lib/errors/parse-input'
import { updateDestinationSchema } from '@/lib/forwarding/input'
import { updateDestination } from '@/lib/forwarding/update'
import { type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { sealNow } from '@/lib/integrity/testing/seal-now'

/** What each test of deliveries starts from: a database, a new tenant's scope, a receiver that says ok. */
export type Deliveries = {
  scope: TenantScope
  receiver: Receiver
  /** Seals and delivers until nothing is left. */
  run(): Promise<RunCounts>
  /** As if the time of the next try had come. */
  makeDue(): Promise<unknown>
  /** As if every runner had died long ago. */
  expireLeases(): Promise<unknown>
  edit(id: string, changes: Record<string, unknown>): Promise<unknown>
  /** Sees all tenants. */
  owner(): postgres.Sql
  rows(
    table: 'delivery_batches' | 'delivery_attempts' | 'delivery_streams',
    id: string,
  ): Promise<Record<string, unknown>[]>
}

/** Called at the top of a file; scope and receiver are new for each test. */
export function useDeliveries(): Deliveries {
  const database = useTestDatabase()
  let scope!: TenantScope
  let receiver!: Receiver

  beforeEach(async () => {
    vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
    receiver = await startReceiver()
    scope = await newMemberScope()
  })
  afterEach(async () => {
    await receiver.close()
    // A test's leftovers must not be due in the next one.
    await database.owner()`update delivery_streams set state = 'paused'`
  })

  return {
    get scope() {
      return scope
    },
    get receiver() {
      return receiver
    },
    owner: database.owner,
    run: async () => {
      await sealNow()
      return runOnce({ budgetMs: 20_000 })
    },
    makeDue: async () => database.owner()`update delivery_streams set due_at = now() - interval '1 s'`,
    expireLeases: async () =>
      database.owner()`update delivery_streams set lease_until = now() - interval '1 s' where lease_token is not null`,
    edit: (id, changes) =>
      updateDestination(
        scope,
        parseInput(updateDestinationSchema, { id, kind: 'http', url: receiver.url, ...changes }),
      ),
    rows: async (table, id) => [
      ...(await database.owner()`select * from ${database.owner()(table)} where destination_id = ${id}`),
    ],
  }
}
