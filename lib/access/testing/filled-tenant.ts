import { randomBytes, randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { createDestination } from '@/lib/forwarding/create'
import { createDestinationSchema, INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { removeDestination } from '@/lib/forwarding/remove'
import { placeHoldSchema } from '@/lib/holds/input'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { setRetentionSchema } from '@/lib/retention/input'
import { setRetention } from '@/lib/retention/set'
import { createToken } from '@/lib/tokens/create'
import { listEvents } from '@/lib/trail/list'
import { createView } from '@/lib/views/create'
import { createViewSchema } from '@/lib/views/input'
import { type FilledCollection, fillCollection } from './filled-collection'
import { type FilledLedger, fillLedger } from './filled-ledger'

export type FilledTenant = FilledCollection &
  FilledLedger & {
    scope: TenantScope
    tokenId: string
    destinationId: string
    channelId: string
    removedDestinationId: string
    replayId: string
    /** Of its newest event, whose place in the trail a tenant with less does not have. */
    eventId: string
    eventSeq: number
    viewId: string
    holdId: string
    erasureId: string
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
    createDestinationSchema.parse({ kind: 'http', url: `https://127.0.0.1/${mark}`, note: mark }),
  )
  const tenant = { tenant_id: scope.tenantId }
  const key = { ...tenant, destination_id: destinationId }
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
  const replayId = randomUUID()
  const range = { from_seq: 0, to_seq: 1, requested_by: mark }
  await owner`insert into delivery_replays ${owner({ ...key, ...range, id: replayId, next_seq: 0 })}`
  await owner`insert into delivery_skips ${owner({ ...key, ...range, reason: mark })}`
  await owner`insert into delivery_hours (tenant_id, destination_id, hour)
    values (${scope.tenantId}, ${destinationId}, date_trunc('hour', now()))`
  await owner`insert into delivery_digests ${owner({
    ...key,
    number: 0,
    until: new Date(),
    object_key: mark,
    body: mark,
    sha256: Buffer.alloc(32),
    objects: 0,
    state: 'done',
  })}`
  const { id: removedDestinationId } = await createDestination(
    scope,
    createDestinationSchema.parse({ kind: 'http', url: `https://127.0.0.1/${mark}`, note: mark }),
  )
  await removeDestination(scope, { id: removedDestinationId })
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
  // A level that no tree reaches, so that no proof reads it.
  await owner`insert into log_tiles ${owner({ ...tenant, level: 99, idx: 0, data: nothing, root: nothing })}`
  const done = { id: randomUUID(), kind: 'rotate_key', reason: mark, done_at: new Date() }
  await owner`insert into log_requests ${owner({ ...tenant, ...done })}`
  await owner`insert into log_settings ${owner(tenant)}`
  const { id: holdId } = await placeHold(scope, placeHoldSchema.parse({ reason: mark }))
  await releaseHold(scope, { id: holdId, reason: mark })
  await setRetention(
    scope,
    setRetentionSchema.parse({ types: [{ type: 'mark', days: 36_500 }], reason: mark }),
  )
  await owner`insert into retention_progress (tenant_id, checked_at) values (${scope.tenantId}, now())`
  const erasureId = randomUUID()
  await owner`insert into erasures ${owner({
    ...tenant,
    id: erasureId,
    kind: 'values',
    state: 'done',
    reason_code: 'other',
    note: mark,
    pointers: owner.json([]),
    next_seq: 0,
    through_seq: 0,
    requested_by: mark,
  })}`
  const view = createViewSchema.parse({ name: mark, visibility: 'shared', isDefault: true })
  const { id: viewId } = await createView(scope, view)
  await sealNow()
  const now = new Date().toISOString()
  const failure = { reason: 'altered', place: { kind: 'event', seq: 0 }, detail: mark }
  const failures = [{ ...failure, foundAt: now, seenAt: now, alarmed: true }]
  await owner`insert into log_scrubs ${owner({ ...tenant, failures: owner.json(failures) })}`
  await owner`insert into log_scrub_erasures ${owner({ ...tenant, seq: 0, erased: 1, head_seq: 1 })}`
  await owner`insert into log_anchors (tenant_id, epoch, size, kind, name, data)
    values (${scope.tenantId}, 0, 0, 'rfc3161', ${mark}, ${owner.json({ response: 'MAA=', time: mark })})`
  await owner`insert into anchor_peers (tenant_id, kind, url, every_minutes, due_at)
    values (${scope.tenantId}, 'rfc3161', ${`https://127.0.0.1/${mark}`}, 60, now() + interval '1 hour')`
  const hash = randomBytes(32)
  const { id: channelId } = await createDestination(
    scope,
    INPUT_SCHEMAS.channel.create.parse({ kind: 'desktop', note: mark }),
  )
  const channel = { ...tenant, destination_id: channelId, group_hash: hash }
  await owner`insert into rule_windows ${owner({ ...channel, seqs: [0], times: [0], expires_at: now })}`
  const rule = { count: 2, withinSeconds: 60, per: 'all', quietSeconds: 60 }
  await owner`insert into rule_alarms ${owner({ ...channel, seq: 0, at: now, first_seq: 0, events: 2, rule: owner.json(rule) })}`
  await owner`insert into notification_heads ${owner({ ...tenant, next_number: 2 })}`
  const notification = { ...tenant, number: 1, idempotency_key: mark, roles: ['owner'], message: mark }
  await owner`insert into notifications ${owner(notification)}`
  const words = { message: mark, details: [], link: { label: mark, path: 'channels' } }
  await owner`insert into warning_letters ${owner({ ...tenant, key: mark, words: owner.json(words), due_at: new Date(Date.now() + 3_600_000) })}`
  await owner`insert into mail_hours ${owner({ ...tenant, hour: now, letters: 1 })}`
  const reader = { ...tenant, user_id: scope.principal.id }
  await owner`insert into notification_receipts ${owner({ ...reader, number: 1, browser: mark })}`
  await owner`insert into notification_readers ${owner({ ...reader, read_number: 1 })}`
  const collection = await fillCollection(owner, scope.tenantId, mark)
  const ledger = await fillLedger(owner, scope.tenantId, mark)
  const [event] = (await listEvents(scope, {})).events
  if (!event) throw new Error('a new tenant has events of its own making')
  const marks = [
    mark,
    scope.tenantId,
    scope.principal.id,
    scope.principal.login,
    token.id,
    destinationId,
    channelId,
    removedDestinationId,
    replayId,
    viewId,
    holdId,
    erasureId,
    event.id,
    ...Object.values(collection),
    ...Object.values(ledger),
  ]
  const { id: eventId, seq: eventSeq } = event
  return {
    ...collection,
    ...ledger,
    scope,
    tokenId: token.id,
    destinationId,
    channelId,
    removedDestinationId,
    replayId,
    eventId,
    eventSeq,
    viewId,
    holdId,
    erasureId,
    marks,
  }
}
