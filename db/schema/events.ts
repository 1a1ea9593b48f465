import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  inet,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, moment, tenants } from './tenants'

/** Next seq of each tenant: locked only for the one statement that appends. fillfactor 10 in the migration. */
export const trailHeads = pgTable('trail_heads', {
  tenantId: uuid('tenant_id')
    .primaryKey()
    .references(() => tenants.id),
  nextSeq: bigint('next_seq', { mode: 'number' }).notNull().default(0),
  /** Events below it are gone: their time of retention has passed. Their leaves stay. */
  firstSeq: bigint('first_seq', { mode: 'number' }).notNull().default(0),
})

/**
 * The trail. `body` is the event as accepted, byte for byte, and what leaves us;
 * the columns beside it exist only to be filtered by.
 */
export const events = pgTable(
  'events',
  {
    tenantId: uuid('tenant_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    id: uuid('id').notNull(),
    receivedAt: moment('received_at').notNull(),
    occurredAt: moment('occurred_at').notNull(),
    level: smallint('level').notNull(),
    type: text('type').notNull(),
    action: text('action').notNull(),
    status: text('status'),
    code: text('code'),
    category: text('category'),
    message: text('message'),
    actorLogin: text('actor_login'),
    actorIdentity: text('actor_identity'),
    actorId: text('actor_id'),
    sessionId: text('session_id'),
    ip: inet('ip'),
    targetType: text('target_type'),
    targetName: text('target_name'),
    target2Type: text('target2_type'),
    target2Name: text('target2_name'),
    source: text('source'),
    dataSource: text('data_source'),
    /** How it came: `token:<id>`, `silo:<name>`, `console`, `system`. */
    origin: text('origin').notNull(),
    body: text('body').notNull(),
    /** 32 random bytes; null once a value of the event was erased. */
    seed: bytea('seed'),
    leafHash: bytea('leaf_hash').notNull(),
    /** Takes the seed's place when values are erased: `StoredRedaction` of lib/integrity/evidence. */
    redaction: jsonb('redaction'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.seq] }),
    unique('events_tenant_id_id').on(t.tenantId, t.id),
    // Events that lost values, of which no insert is one: it costs nothing on the way in.
    index('events_without_seed').on(t.tenantId, t.seq).where(sql`seed is null`),
  ],
)

/** Types a tenant's events have had, so that filters offer them without reading the trail. */
export const eventTypes = pgTable(
  'event_types',
  {
    tenantId: uuid('tenant_id').notNull(),
    type: text('type').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.type] })],
)
