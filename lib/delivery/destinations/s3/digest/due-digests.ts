import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import type { SealedSecrets } from '@/lib/delivery/destination-secrets'
import type { StreamKey } from '@/lib/delivery/matching-events'

/** Destinations looked at in one go; the rest is looked at when these are served. */
const MAX_DUE = 20
/** An hour's batches are all settled by then: a statement takes 30 s at most, and a lease 90. */
const SETTLED_AFTER = sql`interval '5 minutes'`
/** Two tries of 30 s each, and some. A process that died with a digest leaves it alone for so long. */
const CLAIM = sql`interval '2 minutes'`

type Owner = StreamKey & SealedSecrets & { tenantSlug: string; config: unknown; capabilities: unknown }

/** A destination with objects that no digest names yet, and its last digest. */
export type Undigested = Owner & {
  /** RFC 3339: objects settled before it go into the next digest. */
  until: string
  lastNumber: number | null
  lastUntil: string | null
  lastBody: string | null
  lastKey: string | null
}

/** A frozen digest whose time has come. */
export type DueDigest = Owner & {
  number: number
  objectKey: string
  body: string
  failures: number
  mayHaveArrived: boolean
}

const ownerColumns = sql`d.tenant_id as "tenantId", d.id as "destinationId", d.config, d.secret_enc as "secretEnc",
  d.secret_names as "secretNames", t.slug as "tenantSlug", s.capabilities`
/** Streams that a person paused, or Spoor disabled, store nothing at all. */
const activeOwners = sql`destinations d
  join tenants t on t.id = d.tenant_id
  join delivery_streams s on s.tenant_id = d.tenant_id and s.destination_id = d.id and s.state = 'active'`
const isThere = sql`d.kind = 's3' and d.removed_at is null`
const iso = (column: ReturnType<typeof sql>) => sql`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Destinations whose hour is over, one index probe each; without those whose ids are in `except`. */
export async function findUndigested(except: readonly string[]): Promise<Undigested[]> {
  return database('deliver').execute<Undigested>(sql`
    select ${ownerColumns}, ${iso(sql`hour.until`)} as "until", l.number as "lastNumber",
      ${iso(sql`l.until`)} as "lastUntil", l.body as "lastBody", l.object_key as "lastKey"
    from ${activeOwners}
    cross join (select date_trunc('hour', now() - ${SETTLED_AFTER}) as until) hour
    left join lateral (
      select g.* from delivery_digests g where g.tenant_id = d.tenant_id and g.destination_id = d.id
      order by g.number desc limit 1
    ) l on true
    where ${isThere} and d.id <> all(${`{${except.join(',')}}`}::uuid[])
      and (l.number is null or l.state = 'done') and exists (
      select from delivery_batches b where b.tenant_id = d.tenant_id and b.destination_id = d.id
        and b.settled_at >= coalesce(l.until, '-infinity') and b.settled_at < hour.until
        and b.state = 'done' and b.object_key is not null)
    limit ${MAX_DUE}`)
}

/** Takes frozen digests that are due. Whoever dies with one leaves it, perhaps stored, to be taken again two minutes later. */
export async function claimDueDigests(): Promise<DueDigest[]> {
  return database('deliver').execute<DueDigest>(sql`
    with due as (
      select g.tenant_id, g.destination_id, g.number, g.may_have_arrived as arrived from delivery_digests g
      join ${activeOwners} on d.tenant_id = g.tenant_id and d.id = g.destination_id
      where ${isThere} and g.state = 'planned' and g.due_at <= now()
      order by g.due_at limit ${MAX_DUE}
    ), taken as (
      update delivery_digests g set due_at = now() + ${CLAIM}, may_have_arrived = true from due
      where g.tenant_id = due.tenant_id and g.destination_id = due.destination_id and g.number = due.number
        and g.state = 'planned' and g.due_at <= now()
      returning g.*, due.arrived
    )
    select ${ownerColumns}, g.number, g.object_key as "objectKey", g.body, g.failures,
      g.arrived as "mayHaveArrived"
    from taken g join ${activeOwners} on d.tenant_id = g.tenant_id and d.id = g.destination_id`)
}
