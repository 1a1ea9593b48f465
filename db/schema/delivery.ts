import { sql } from 'drizzle-orm'
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, moment, tenants } from './tenants'

/** A receiver of forwarded events, as a tenant configured it. Removed ones stay for 30 days, hidden. */
export const destinations = pgTable(
  'destinations',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    id: uuid('id').notNull(),
    kind: text('kind').notNull(),
    note: text('note').notNull().default(''),
    config: jsonb('config').notNull(),
    /** Envelope of `lib/secrets`; null if the receiver needs no secret. */
    secretEnc: bytea('secret_enc'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

const destinationKey = {
  tenantId: uuid('tenant_id').notNull(),
  destinationId: uuid('destination_id').notNull(),
}

/** Filters are versions: an event is judged by the one in force at its seq, so an edit never rewrites the past. */
export const destinationFilters = pgTable(
  'destination_filters',
  {
    ...destinationKey,
    version: integer('version').notNull(),
    /** First seq that this version judges. */
    fromSeq: bigint('from_seq', { mode: 'number' }).notNull(),
    filter: jsonb('filter').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.version] }),
    foreignKey({
      name: 'destination_filters_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
  ],
)

/** A destination's place in the trail. Counters change only in the commit that moves `next_seq`. */
export const deliveryStreams = pgTable(
  'delivery_streams',
  {
    ...destinationKey,
    /** `paused` by a person, `disabled` by us with `reason`, `removed` with its destination. */
    state: text('state', { enum: ['active', 'paused', 'disabled', 'removed'] })
      .notNull()
      .default('active'),
    reason: text('reason'),
    /** Everything below is decided: delivered, filtered out, or a dead letter with a row. */
    nextSeq: bigint('next_seq', { mode: 'number' }).notNull(),
    dueAt: moment('due_at').notNull().defaultNow(),
    leaseToken: uuid('lease_token'),
    leaseUntil: moment('lease_until'),
    /** Events of the next batch at most: halves when a batch is refused, doubles when one is taken. */
    batchLimit: integer('batch_limit').notNull(),
    consecutiveFailures: integer('consecutive_failures').notNull().default(0),
    firstFailureAt: moment('first_failure_at'),
    /** Dead letters since the receiver last took a batch. */
    deadRun: integer('dead_run').notNull().default(0),
    sentBatches: bigint('sent_batches', { mode: 'number' }).notNull().default(0),
    sentEvents: bigint('sent_events', { mode: 'number' }).notNull().default(0),
    failedAttempts: bigint('failed_attempts', { mode: 'number' }).notNull().default(0),
    deadEvents: bigint('dead_events', { mode: 'number' }).notNull().default(0),
    sentAt: moment('sent_at'),
    failedAt: moment('failed_at'),
    failMessage: text('fail_message'),
    lastStatus: smallint('last_status'),
    lastAnswer: text('last_answer'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId] }),
    foreignKey({
      name: 'delivery_streams_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
    // Finds a tenant with work by one probe, however many streams it has; then its streams in their order.
    index('delivery_streams_behind').on(t.tenantId, t.nextSeq).where(sql`state = 'active'`),
    index('delivery_streams_due').on(t.tenantId, t.dueAt).where(sql`state = 'active'`),
  ],
)

/** A frozen range, written before its first send, so that every retry is the same bytes under the same key. */
export const deliveryBatches = pgTable(
  'delivery_batches',
  {
    ...destinationKey,
    idempotencyKey: text('idempotency_key').notNull(),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    /** Inclusive. The range also covers what the filter left out. */
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
    filterVersion: integer('filter_version').notNull(),
    formatVersion: integer('format_version').notNull(),
    /** What of the configuration the bytes depend on. */
    format: jsonb('format').notNull(),
    /** The signed note that covers the range, sent along with it. */
    checkpoint: text('checkpoint'),
    events: integer('events').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: bytea('sha256').notNull(),
    /** `split` was refused and went on in smaller batches, `replaced` had to be planned anew. */
    state: text('state', { enum: ['planned', 'done', 'dead', 'split', 'replaced'] })
      .notNull()
      .default('planned'),
    attempts: integer('attempts').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
    settledAt: moment('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.idempotencyKey] }),
    foreignKey({
      name: 'delivery_batches_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
    uniqueIndex('delivery_batches_open').on(t.tenantId, t.destinationId).where(sql`state = 'planned'`),
  ],
)

/** One try at a batch, or one press of TEST. */
export const deliveryAttempts = pgTable(
  'delivery_attempts',
  {
    ...destinationKey,
    id: uuid('id').notNull(),
    at: moment('at').notNull().defaultNow(),
    trigger: text('trigger', { enum: ['auto', 'test'] }).notNull(),
    /** Null for a test, which belongs to no batch. */
    idempotencyKey: text('idempotency_key'),
    firstSeq: bigint('first_seq', { mode: 'number' }),
    lastSeq: bigint('last_seq', { mode: 'number' }),
    events: integer('events').notNull(),
    outcome: text('outcome').notNull(),
    status: smallint('status'),
    ms: integer('ms').notNull(),
    message: text('message'),
    answer: text('answer'),
    retryAt: moment('retry_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.id] }),
    foreignKey({
      name: 'delivery_attempts_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
    index('delivery_attempts_latest').on(t.tenantId, t.destinationId, t.at),
  ],
)

/** Events that a receiver will never take, each with its own words. */
export const deliveryDead = pgTable(
  'delivery_dead',
  {
    ...destinationKey,
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: moment('at').notNull().defaultNow(),
    reason: text('reason').notNull(),
    status: smallint('status'),
    answer: text('answer'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.seq] }),
    foreignKey({
      name: 'delivery_dead_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
    index('delivery_dead_latest').on(t.tenantId, t.destinationId, t.at),
  ],
)
