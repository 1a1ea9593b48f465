import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { createDestination } from '@/lib/forwarding/create'
import { createDestinationSchema } from '@/lib/forwarding/input'
import { createToken } from '@/lib/tokens/create'
import { listEvents } from '@/lib/trail/list'
import { createView } from '@/lib/views/create'
import { createViewSchema } from '@/lib/views/input'

export type FilledTenant = {
  scope: TenantScope
  tokenId: string
  destinationId: string
  /** Of its newest event, whose place in the trail a tenant with less does not have. */
  eventId: string
  eventSeq: number
  viewId: string
  /** Texts that only this tenant's rows contain. */
  marks: string[]
}

/**
 * A tenant with at least one row in every table of tenant data. Its destination is this machine by https,
 * whose certificate nobody trusts: allow 127.0.0.1 before.
 */
export async function makeFilledTenant(owner: Sql): Promise<FilledTenant> {
  const scope = await newMemberScope()
  const mark = `mark-${randomUUID()}`
  const token = await createToken(scope, { name: mark, scopes: ['events:write'] })
  const { id: destinationId } = await createDestination(
    scope,
    createDestinationSchema.parse({ url: `https://127.0.0.1/${mark}`, note: mark }),
  )
  const key = { tenant_id: scope.tenantId, destination_id: destinationId }
  await owner`insert into delivery_batches ${owner({
    ...key,
    idempotency_key: mark,
    first_seq: 0,
    last_seq: 0,
    filter_version: 1,
    format_version: 1,
    format: owner.json({}),
    events: 1,
    bytes: 1,
    sha256: Buffer.alloc(32),
  })}`
  await owner`insert into delivery_attempts ${owner({
    ...key,
    id: randomUUID(),
    trigger: 'auto',
    events: 1,
    outcome: 'held',
    ms: 1,
    message: mark,
  })}`
  await owner`insert into delivery_dead ${owner({ ...key, seq: 0, reason: mark })}`
  const nothing = Buffer.alloc(4)
  await owner`insert into trail_blocks ${owner({
    tenant_id: scope.tenantId,
    first_seq: 0,
    blocks: 1,
    layout: 0,
    min_at: 0,
    max_at: 0,
    slices: 256,
    signature: nothing,
    directory: nothing,
    directory_pages: nothing,
    postings: nothing,
    words: nothing,
    times: nothing,
    facets: nothing,
  })}`
  const view = createViewSchema.parse({ name: mark, visibility: 'shared', isDefault: true })
  const { id: viewId } = await createView(scope, view)
  const [event] = (await listEvents(scope, {})).events
  if (!event) throw new Error('a new tenant has events of its own making')
  const marks = [
    mark,
    scope.tenantId,
    scope.principal.id,
    scope.principal.login,
    token.id,
    destinationId,
    viewId,
    event.id,
  ]
  const { id: eventId, seq: eventSeq } = event
  return { scope, tokenId: token.id, destinationId, eventId, eventSeq, viewId, marks }
}
