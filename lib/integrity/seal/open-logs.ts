import { randomUUID } from 'node:crypto'
import { driver } from '@/db/client'
import { env } from '@/env'
import { EMPTY_ROOT } from '@/lib/integrity/tree/hash-node'
import { openClockKeys } from './clock-keys'
import { hostOf } from './log-signer'
import type { SealTools } from './seal-heads'

/** Logs opened in one go: signing two thousand notes takes half a second. */
const MAX_OPENED = 256

const WITHOUT_LOG_STATEMENT = `
select t.id as tenant_id, (
    select extract(epoch from l.received_at)::float8 from trail_leaves l where l.tenant_id = t.id order by l.seq limit 1
  ) as oldest_seconds
from tenants t left join log_heads h on h.tenant_id = t.id where h.tenant_id is null
order by t.id limit ${MAX_OPENED}`

const OPEN_LOG_STATEMENT = `
insert into logs (tenant_id, epoch, log_id, origin) values ($1::text::uuid, 0, $2::text::uuid, $3::text)
on conflict do nothing returning log_id`

const INSERT_KEY_STATEMENT = `
insert into log_keys (tenant_id, epoch, number, vkey, from_size)
values ($1::text::uuid, $2::int, $3::int, $4::text, $5::text::bigint)`

const INSERT_HEAD_STATEMENT = `
insert into log_heads (tenant_id, epoch, size, root, frontier, note, signed_at, kept_at)
values ($1::text::uuid, 0, 0, $2::bytea, ''::bytea, $3::text, to_timestamp($4::float8), to_timestamp($4::float8))`

const KEEP_CHECKPOINT_STATEMENT = `
insert into log_checkpoints (tenant_id, epoch, size, note, signed_at)
values ($1::text::uuid, $2::int, $3::text::bigint, $4::text, to_timestamp($5::float8)) on conflict do nothing`

/** A log's name for ever: the instance's address as it is now, and an id that says nothing of the tenant. */
export function newOrigin(logId: string): string {
  const { host, pathname } = new URL(env.publicUrl())
  return `${host}${pathname.replace(/\/+$/, '')}/log/${logId}`
}

/**
 * Gives every trail without one a log: its first key, and a signed checkpoint of the empty tree. Two sealers may try
 * at once; one of them wins each log. Throws `WrongSecretError` where another secret signed before.
 */
export async function openLogs({ signer, published, now }: SealTools): Promise<number> {
  const opened = await driver('seal').begin(async (sql) => {
    const tenants =
      await sql.unsafe<{ tenant_id: string; oldest_seconds: number | null }[]>(WITHOUT_LOG_STATEMENT)
    const notes: { logId: string; note: string }[] = []
    const nowSeconds = Math.floor(now() / 1000)
    for (const { tenant_id: tenantId, oldest_seconds: oldest } of tenants) {
      // A trail that is older than its log was empty before its first event, which would else seem back-dated.
      const seconds = Math.floor(Math.min(nowSeconds, oldest ?? nowSeconds))
      const logId = randomUUID()
      const origin = newOrigin(logId)
      const [won] = await sql.unsafe(OPEN_LOG_STATEMENT, [tenantId, logId, origin])
      if (!won) continue
      const { vkey } = signer.logKey(origin, 0)
      const clocks = await openClockKeys(sql, hostOf(origin), nowSeconds, signer)
      const head = { origin, size: 0, root: EMPTY_ROOT }
      const note = signer.sign(head, [{ number: 0, vkey }], clocks, seconds)
      await sql.unsafe(INSERT_KEY_STATEMENT, [tenantId, 0, 0, vkey, 0])
      await sql.unsafe(INSERT_HEAD_STATEMENT, [tenantId, EMPTY_ROOT, note, seconds])
      await sql.unsafe(KEEP_CHECKPOINT_STATEMENT, [tenantId, 0, 0, note, seconds])
      notes.push({ logId, note })
    }
    return notes
  })
  published.note(opened)
  return opened.length
}
