import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { inTenant } from '@/lib/access/in-tenant'
import type { Role } from '@/lib/access/roles'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForMember } from '@/lib/access/scope-for-member'
import { signInAs, signUpSomebody } from '@/lib/auth/testing/people'
import type { EventInput } from '@/lib/event/event-input'
import { ringBells, type ToldEvents } from '@/lib/notifications/ring-bells'
import { appendWithin } from '@/lib/trail/append-within'
import { readHead } from '@/lib/trail/head'

export const EVERYONE: Role[] = ['owner', 'admin', 'member', 'auditor']

/** Another person of the same workspace. */
export async function joinWorkspace(
  owner: postgres.Sql,
  scope: TenantScope,
  role: Role,
): Promise<TenantScope> {
  const person = await signUpSomebody()
  await owner`insert into members ${owner({ tenant_id: scope.tenantId, user_id: person.userId, role })}`
  return scopeForMember(await signInAs(person), scope.tenantSlug, person.client)
}

/** Appends events and gives their places. */
export async function appendEvents(scope: TenantScope, events: Partial<EventInput>[]): Promise<number[]> {
  const whole = events.map((event) => ({ type: 'doors', action: 'opened', level: 'info' as const, ...event }))
  await inTenant(scope, (tx) => appendWithin(tx, scope.tenantId, 'token:test', whole))
  const head = await readHead(scope)
  return whole.map((_, i) => head - whole.length + i)
}

/** Rings about events of these places, as a channel for everyone would unless told otherwise. */
export async function ringAbout(
  { tenantId }: TenantScope,
  seqs: number[],
  changes: Partial<ToldEvents> & { roles?: Role[]; key?: string; destinationId?: string } = {},
): Promise<number> {
  const { roles = EVERYONE, key = randomUUID(), destinationId = randomUUID(), ...told } = changes
  const [firstSeq = 0] = seqs
  const { number } = await ringBells({
    tenantId,
    idempotencyKey: key,
    roles,
    destinationId,
    told: {
      events: seqs.length,
      levels: { info: seqs.length },
      firstSeq,
      lastSeq: seqs.at(-1) ?? firstSeq,
      listed: seqs,
      ...told,
    },
  })
  return number
}
