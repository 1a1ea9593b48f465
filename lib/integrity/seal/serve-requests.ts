import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { becomeTenant, database, driver, type Transaction } from '@/db/client'
import { ANCHOR_TENANT_ID, INSTANCE_TENANT_ID } from '@/lib/access/instance-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { recordEvent } from '@/lib/audit/record-event'
import type { OwnCodeName } from '@/lib/catalog/own-codes'
import { isDatabaseAway } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { openClockKeys } from './clock-keys'
import { hostOf, type PublishedKey } from './log-signer'
import { newOrigin } from './open-logs'
import { isRootOf } from './refusals'
import type { SealTools } from './seal-heads'
import { arrayLiteral } from './seal-statements'

type Request = { tenant_id: string; id: string; kind: 'rotate_key' | 'open_epoch'; reason: string }

/** After a rotation old and new key sign side by side for so long, so that nobody is cut off who pinned the old one. */
const OVERLAP_DAYS = 30
const MAX_REQUESTS = 16
/** A request that fails is tried again after so long, and holds up no other one meanwhile. */
const BROKEN_MS = 60_000
/** `$1` ids to leave out. */
const OPEN_REQUESTS_STATEMENT = `
select tenant_id, id, kind, reason from log_requests where done_at is null and id <> all($1::text::uuid[])
order by requested_at limit ${MAX_REQUESTS}`

/** Requests left alone, and until when (`performance.now()`). */
const broken = new Map<string, number>()

type Head = {
  epoch: number
  size: number
  root: Buffer
  frontier: Buffer
  note: string
  signed_seconds: number
  log_id: string
  origin: string
}

/** The head, held until the commit; undefined if the log isn't open yet or somebody else has done the request. */
async function lockHead(tx: Transaction, { tenant_id, id }: Request): Promise<Head | undefined> {
  const [head] = await tx.execute<Head>(sql`
    select h.epoch, h.size::float8 as size, h.root, h.frontier, h.note, extract(epoch from h.signed_at)::float8 as signed_seconds,
      l.log_id, l.origin
    from log_heads h join logs l on l.tenant_id = h.tenant_id and l.epoch = h.epoch
    where h.tenant_id = ${tenant_id} for update of h`)
  const [done] = await tx.execute(sql`
    update log_requests set done_at = now() where tenant_id = ${tenant_id} and id = ${id} and done_at is null
    returning id`)
  return done && head
}

/** Appends the event as its last act, under the narrow role of the tenant in whose trail it stands. */
async function tell(
  tx: Transaction,
  scope: TenantScope,
  code: OwnCodeName,
  data: Record<string, unknown>,
): Promise<void> {
  await becomeTenant(tx, scope.tenantId)
  await recordEvent(tx, scope, code, { data })
}

async function rotateKey(request: Request, scope: TenantScope, { signer }: SealTools): Promise<void> {
  await database('seal').transaction(async (tx) => {
    const head = await lockHead(tx, request)
    if (!head) return
    const { tenant_id: tenantId, reason } = request
    const [current] = await tx.execute<PublishedKey>(sql`
      select number, vkey from log_keys where tenant_id = ${tenantId} and epoch = ${head.epoch}
      order by number desc limit 1`)
    if (!current) throw new Error(`The log of ${tenantId} has no key.`)
    const { vkey } = signer.logKey(head.origin, current.number + 1)
    await tx.execute(sql`
      insert into log_keys (tenant_id, epoch, number, vkey, from_size)
      values (${tenantId}, ${head.epoch}, ${current.number + 1}, ${vkey}, ${head.size})`)
    await tx.execute(sql`
      update log_keys set retires_at = now() + make_interval(days => ${OVERLAP_DAYS})
      where tenant_id = ${tenantId} and epoch = ${head.epoch} and number <= ${current.number} and retires_at is null`)
    const data = { oldVkey: current.vkey, newVkey: vkey, atSize: head.size, reason }
    await tell(tx, scope, 'LOG_KEY_ROTATED', data)
  })
}

/**
 * Signs the same tree on under a new origin and key. What was published before and is lost now stays named in the
 * event, with the last checkpoint that anybody was shown.
 */
async function openEpoch(
  request: Request,
  scope: TenantScope,
  { signer, published, now }: SealTools,
): Promise<void> {
  const logId = randomUUID()
  const origin = newOrigin(logId)
  // Before, because a clock is of all logs: where this secret takes over, it needs one of its own.
  const clocks = await driver('seal').begin((raw) =>
    openClockKeys(raw, hostOf(origin), now() / 1000, signer, true),
  )
  const note = await database('seal').transaction(async (tx) => {
    const head = await lockHead(tx, request)
    if (!head) return undefined
    const { tenant_id: tenantId, reason } = request
    if (!isRootOf(head.size, head.frontier, head.root))
      throw new Error(
        `No epoch is opened for ${tenantId}: the root in log_heads is not that of its frontier, and whatever is signed ` +
          'can not be taken back. Bring the row back as it was before somebody changed it.',
      )
    const epoch = head.epoch + 1
    const { vkey } = signer.logKey(origin, 0)
    // Not the moment of opening: events may wait that came while nothing was signed, and would seem back-dated.
    const seconds = head.signed_seconds
    await tx.execute(sql`
      update logs set closed_at = now(), final_size = ${head.size}, final_note = ${head.note}
      where tenant_id = ${tenantId} and epoch = ${head.epoch}`)
    await tx.execute(sql`
      insert into log_checkpoints (tenant_id, epoch, size, note, signed_at)
      values (${tenantId}, ${head.epoch}, ${head.size}, ${head.note}, to_timestamp(${head.signed_seconds}))
      on conflict do nothing`)
    await tx.execute(sql`
      insert into logs (tenant_id, epoch, log_id, origin, reason)
      values (${tenantId}, ${epoch}, ${logId}, ${origin}, ${reason})`)
    await tx.execute(sql`
      insert into log_keys (tenant_id, epoch, number, vkey, from_size)
      values (${tenantId}, ${epoch}, 0, ${vkey}, ${head.size})`)
    const tree = { origin, size: head.size, root: head.root }
    const signed = signer.sign(tree, [{ number: 0, vkey }], clocks, seconds)
    await tx.execute(sql`
      update log_heads set epoch = ${epoch}, note = ${signed}, signed_at = to_timestamp(${seconds}),
        kept_at = to_timestamp(${seconds}), refused = null, refused_at = null
      where tenant_id = ${tenantId}`)
    await tx.execute(sql`
      insert into log_checkpoints (tenant_id, epoch, size, note, signed_at)
      values (${tenantId}, ${epoch}, ${head.size}, ${signed}, to_timestamp(${seconds}))`)
    const previous = published.get(head.log_id)
    await tell(tx, scope, 'LOG_OPENED', {
      previousOrigin: head.origin,
      previousCheckpoint: previous && previous.size > head.size ? previous.note : head.note,
      reason,
    })
    return signed
  })
  if (note) published.note([{ logId, note }])
}

/** Does what people asked of the sealer. A request that fails is reported, and tried again a minute later. */
export async function serveRequests(tools: SealTools): Promise<void> {
  for (const [id, until] of broken) if (until < performance.now()) broken.delete(id)
  const requests = await driver('seal').unsafe<Request[]>(OPEN_REQUESTS_STATEMENT, [
    arrayLiteral(broken.keys()),
  ])
  for (const request of requests) {
    try {
      // The anchor log's leaves are no events, so what happens to it stands in the instance's trail.
      const teller = request.tenant_id === ANCHOR_TENANT_ID ? INSTANCE_TENANT_ID : request.tenant_id
      const scope = await scopeForSystem(teller, 'SCHEDULER')
      await (request.kind === 'rotate_key' ? rotateKey : openEpoch)(request, scope, tools)
    } catch (error) {
      if (isDatabaseAway(error)) throw error
      reportError(error, newReference())
      broken.set(request.id, performance.now() + BROKEN_MS)
    }
  }
}
