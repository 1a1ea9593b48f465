import { sql } from 'drizzle-orm'
import type { TenantScope } from '@/lib/access/scope'
import type { DestinationId } from './input'
import { switchStream } from './switch-stream'

/** Switches a destination on again, also one that Spoor disabled; it goes on where it stopped. Throws `not_found`. */
export async function resumeDestination(scope: TenantScope, { id }: DestinationId): Promise<{ id: string }> {
  return switchStream(scope, id, {
    state: 'active',
    code: 'DESTINATION_RESUMED',
    words: 'was resumed',
    changes: { dueAt: sql`now()`, consecutiveFailures: 0, deadRun: 0 },
  })
}
