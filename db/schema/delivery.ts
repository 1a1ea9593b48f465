import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
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
    /** Envelope of `lib/secrets` around a JSON object of secrets by name; null if the receiver needs none. */
    secretEnc: bytea('secret_enc'),
    /** Which secrets the envelope holds. Empty with an envelope: a bare API key, as the first version stored it. */
    secretNames: text('secret_names').array().notNull().default(sql`'{}'`),
    /** Fields hidden from this receiver: `[{path, how}]`. */
    masking: jsonb('masking').notNull().default([]),
    /** Whether events carry whom and what the ledger knows behind their actors and targets. */
    carriesMatches: boolean('carries_matches').notNull().default(false),
    /** The destination that this one serves and lives with: e-mails about what an S3 storage gets. */
    companionOf: uuid('companion_of'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
    /** When rows of its history whose time had passed were last looked for. */
    prunedAt: moment('pruned_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('destinations_pruned').on(t.prunedAt)],
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
    /** What a removed one was before, so that undoing the removal does not switch anything on. */
    stateBefore: text('state_before', { enum: ['active', 'paused', 'disabled'] }),
    /** Where it began to read: everything from here on is its own. */
    startSeq: bigint('start_seq', { mode: 'number' }).notNull().default(0),
    /** Everything below is decided: delivered, filtered out, or a dead letter with a row. */
    nextSeq: bigint('next_seq', { mode: 'number' }).notNull(),
    dueAt: moment('due_at').notNull().defaultNow(),
    leaseToken: uuid('lease_token'),
    leaseUntil: moment('lease_until'),
    /** Events of the next batch at most: halves when a batch is refused, doubles when one is taken. */
    batchLimit: integer('batch_limit').notNull(),
    /** Replays that wait for their turn in it. */
    runningReplays: smallint('running_replays').notNull().default(0),
    /** Collected and sent at so many seconds, counted from `phase_seconds` of the epoch; null: at once. */
    everySeconds: integer('every_seconds'),
    phaseSeconds: integer('phase_seconds').notNull().default(0),
    /** Instead of a phase: minutes after midnight, or after Monday's, in the workspace's time zone. */
    atMinutes: smallint('at_minutes'),
    /** People are told no more often than they can read; see `pace.ts`. Null where nothing was sent yet. */
    pacedUntil: moment('paced_until'),
    /** So many events are not waited for the next time; null: nothing is collected. */
    flushEvents: integer('flush_events'),
    consecutiveFailures: integer('consecutive_failures').notNull().default(0),
    firstFailureAt: moment('first_failure_at'),
    /** `open`: nothing but probes of one event gets through; `half_open`: a probe did, and batches grow again. */
    breaker: text('breaker', { enum: ['closed', 'open', 'half_open'] })
      .notNull()
      .default('closed'),
    /** Tries and failures of the running five minutes. */
    windowAt: moment('window_at'),
    windowTries: integer('window_tries').notNull().default(0),
    windowFailures: integer('window_failures').notNull().default(0),
    /** Failures that came at least half a day after the one counted before: one bad hour disables nothing. */
    spacedFailures: integer('spaced_failures').notNull().default(0),
    spacedFailureAt: moment('spaced_failure_at'),
    /**
     * How many of the warnings about this failure were given; one more than there are: that it was switched off.
     * A success makes the number negative, until that was told as well.
     */
    warnings: smallint('warnings').notNull().default(0),
    /** What was learned about the receiver: features it turned out not to have. */
    capabilities: jsonb('capabilities').notNull().default({}),
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
    index('delivery_streams_replaying')
      .on(t.tenantId, t.dueAt)
      .where(sql`state = 'active' and running_replays > 0`),
    // Finds a tenant with work by one probe, however many streams it has; then its streams in their order.
    // `due_at` is read from the index too: sixty thousand that back off or collect are passed over without their rows.
    index('delivery_streams_behind').on(t.tenantId, t.nextSeq, t.dueAt).where(sql`state = 'active'`),
    // Finds those that have collected enough before their time.
    index('delivery_streams_flush')
      .on(t.tenantId, sql`(next_seq + flush_events)`)
      .where(sql`state = 'active' and flush_events is not null`),
    index('delivery_streams_due').on(t.tenantId, t.dueAt).where(sql`state = 'active'`),
    // Finds those whose time came while they had nothing to send.
    index('delivery_streams_scheduled')
      .on(t.dueAt)
      .where(sql`state = 'active' and every_seconds is not null and flush_events is null`),
    // The few whose failure, end of it, or switching off may have to be told.
    index('delivery_streams_troubled')
      .on(t.tenantId, t.destinationId)
      .where(sql`first_failure_at is not null or warnings <> 0`),
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
    /** The masking rules that the bytes depend on as well. */
    masking: jsonb('masking').notNull().default([]),
    /** Where events carry matches: the generation of matches that the bytes depend on. */
    matchGeneration: bigint('match_generation', { mode: 'number' }),
    /** The signed note that covers the range, sent along with it. */
    checkpoint: text('checkpoint'),
    events: integer('events').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: bytea('sha256').notNull(),
    /** The replay that it belongs to; null for the stream itself. */
    replayId: uuid('replay_id'),
    /** Name of the object that it becomes, and of the one before it; null where a kind stores no objects. */
    objectKey: text('object_key'),
    previousKey: text('previous_key'),
    previousSha256: bytea('previous_sha256'),
    /** What the receiver calls it until it has acknowledged it, and when it is sent again if it never does. */
    ackId: text('ack_id'),
    ackDeadline: moment('ack_deadline'),
    /**
     * `awaiting_ack` was taken but is not safe yet; `split` was refused and went on in smaller batches, `replaced`
     * had to be planned anew.
     */
    state: text('state', { enum: ['planned', 'awaiting_ack', 'done', 'dead', 'split', 'replaced'] })
      .notNull()
      .default('planned'),
    attempts: integer('attempts').notNull().default(0),
    /** Whether a try of it had no answer that says no. Not set by a runner that died: its lease tells. */
    mayHaveArrived: boolean('may_have_arrived').notNull().default(false),
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
    uniqueIndex('delivery_batches_planned')
      .on(t.tenantId, t.destinationId, sql`coalesce(${t.replayId}, '00000000-0000-0000-0000-000000000000')`)
      .where(sql`state = 'planned'`),
    // In the order of the trail: what awaits its acknowledgement.
    index('delivery_batches_awaiting')
      .on(t.tenantId, t.destinationId, t.firstSeq)
      .where(sql`state = 'awaiting_ack'`),
    // Names of objects that may be there although they were given up.
    index('delivery_batches_replaced')
      .on(t.tenantId, t.destinationId, t.firstSeq)
      .where(sql`state = 'replaced' and object_key is not null`),
    // For digests, and for forgetting old ones.
    index('delivery_batches_settled').on(t.tenantId, t.destinationId, t.settledAt),
  ],
)

/** One try at a batch, or one press of TEST. */
export const deliveryAttempts = pgTable(
  'delivery_attempts',
  {
    ...destinationKey,
    id: uuid('id').notNull(),
    at: moment('at').notNull().defaultNow(),
    trigger: text('trigger', { enum: ['auto', 'manual', 'replay', 'test'] }).notNull(),
    /** Null for a test, which belongs to no batch. */
    idempotencyKey: text('idempotency_key'),
    firstSeq: bigint('first_seq', { mode: 'number' }),
    lastSeq: bigint('last_seq', { mode: 'number' }),
    events: integer('events').notNull(),
    outcome: text('outcome').notNull(),
    /** What was asked of the receiver, in a line and without secrets: `POST https://… 412 kB`. */
    request: text('request'),
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
    // For erasures: whose answers may repeat an event.
    index('delivery_attempts_answers').on(t.tenantId, t.lastSeq, t.firstSeq).where(sql`answer is not null`),
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
    /** When a replay got it through after all. */
    resolvedAt: moment('resolved_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.seq] }),
    foreignKey({
      name: 'delivery_dead_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
    index('delivery_dead_latest').on(t.tenantId, t.destinationId, t.at),
    // For forgetting old ones.
    index('delivery_dead_answers').on(t.tenantId, t.destinationId, t.at).where(sql`answer is not null`),
  ],
)

/** A second cursor over the same trail: events that a person has sent again, under their old ids. */
export const deliveryReplays = pgTable(
  'delivery_replays',
  {
    ...destinationKey,
    id: uuid('id').notNull(),
    fromSeq: bigint('from_seq', { mode: 'number' }).notNull(),
    /** Exclusive. */
    toSeq: bigint('to_seq', { mode: 'number' }).notNull(),
    /** Only events that were set aside. */
    onlyDead: boolean('only_dead').notNull().default(false),
    /** Everything of the range below it was sent again. */
    nextSeq: bigint('next_seq', { mode: 'number' }).notNull(),
    state: text('state', { enum: ['running', 'done', 'cancelled'] })
      .notNull()
      .default('running'),
    sentEvents: bigint('sent_events', { mode: 'number' }).notNull().default(0),
    requestedBy: text('requested_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.id] }),
    foreignKey({
      name: 'delivery_replays_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
    index('delivery_replays_running')
      .on(t.tenantId, t.destinationId, t.createdAt)
      .where(sql`state = 'running'`),
  ],
)

/** Ranges that a stream left out because a person said so, or because retention had dropped them. */
export const deliverySkips = pgTable(
  'delivery_skips',
  {
    ...destinationKey,
    fromSeq: bigint('from_seq', { mode: 'number' }).notNull(),
    /** Exclusive. */
    toSeq: bigint('to_seq', { mode: 'number' }).notNull(),
    reason: text('reason').notNull(),
    requestedBy: text('requested_by').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.fromSeq, t.at] }),
    foreignKey({
      name: 'delivery_skips_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
  ],
)

/** What happened within an hour, for charts; written in the commit that also moves the stream's counters. */
export const deliveryHours = pgTable(
  'delivery_hours',
  {
    ...destinationKey,
    hour: moment('hour').notNull(),
    sentBatches: integer('sent_batches').notNull().default(0),
    sentEvents: bigint('sent_events', { mode: 'number' }).notNull().default(0),
    failedAttempts: integer('failed_attempts').notNull().default(0),
    deadEvents: integer('dead_events').notNull().default(0),
    /** Events of the trail behind which the stream was at the last write of the hour. */
    behind: bigint('behind', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.hour] }),
    foreignKey({
      name: 'delivery_hours_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
  ],
)
