import { sql } from 'drizzle-orm'
import { database } from '@/db/client'

/** Twice the longest that asking takes: two requests of 15 s. */
const LEASE_SECONDS = 60
const MAX_PEERS = 16

/** A witness or an authority that is ours to ask until `dueAt`, and the checkpoint to ask it for. */
export type DuePeer = {
  tenantId: string
  kind: 'witness' | 'rfc3161'
  url: string
  vkey: string | null
  everyMinutes: number
  /** What it cosigned last in this epoch. */
  knownSize: number
  failures: number
  /** Milliseconds since 1970: whoever finds another one there has lost the peer. */
  leaseMs: number
  head: { epoch: number; size: number; note: string; signedSeconds: number }
}

/** Takes peers whose time has come and whose log has grown since they last confirmed it. */
export async function takeDuePeers(): Promise<DuePeer[]> {
  const rows = await database('anchor').execute<Row>(sql`
    with due as (
      select p.tenant_id, p.kind, h.epoch, h.size, h.note, h.signed_at
      from anchor_peers p join log_heads h on h.tenant_id = p.tenant_id
      where p.due_at <= now() and h.size > 0 and h.refused is null
        and (p.anchored_size is null or p.epoch <> h.epoch or p.anchored_size < h.size)
      order by p.due_at limit ${MAX_PEERS} for update of p skip locked
    )
    update anchor_peers p set due_at = date_trunc('milliseconds', now()) + ${LEASE_SECONDS} * interval '1 s'
    from due where p.tenant_id = due.tenant_id and p.kind = due.kind
    returning p.tenant_id as "tenantId", p.kind, p.url, p.vkey, p.every_minutes as "everyMinutes", p.failures,
      case when p.epoch = due.epoch then p.known_size else 0 end::float8 as "knownSize",
      (extract(epoch from p.due_at) * 1000)::float8 as "leaseMs",
      due.epoch, due.size::float8 as size, due.note, extract(epoch from due.signed_at)::float8 as "signedSeconds"`)
  return rows.map(({ epoch, size, note, signedSeconds, ...peer }) => ({
    ...peer,
    head: { epoch, size, note, signedSeconds },
  }))
}

type Row = Omit<DuePeer, 'head'> & DuePeer['head']
