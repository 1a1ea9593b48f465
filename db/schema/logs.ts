import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, moment, tenants } from './tenants'

const tenantKey = () =>
  uuid('tenant_id')
    .notNull()
    .references(() => tenants.id)

/**
 * The names under which a trail's tree has been signed, one an epoch. The tree belongs to the trail: a new epoch
 * signs the same leaves on, under another origin and another key.
 */
export const logs = pgTable(
  'logs',
  {
    tenantId: tenantKey(),
    /** 0, 1, 2 … */
    epoch: integer('epoch').notNull(),
    logId: uuid('log_id').notNull(),
    /** `host/log/<logId>`, never changed, whatever becomes of the instance's address. */
    origin: text('origin').notNull(),
    openedAt: moment('opened_at').notNull().defaultNow(),
    /** Why it was opened; null for a trail's first. */
    reason: text('reason'),
    closedAt: moment('closed_at'),
    /** The last checkpoint of a closed epoch, and its size. */
    finalSize: bigint('final_size', { mode: 'number' }),
    finalNote: text('final_note'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.epoch] }), unique('logs_log_id').on(t.logId)],
)

/** The sealed end of each trail: locked by the sealer, never smaller. fillfactor 50 in the migration. */
export const logHeads = pgTable('log_heads', {
  tenantId: uuid('tenant_id')
    .primaryKey()
    .references(() => tenants.id),
  epoch: integer('epoch').notNull(),
  /** Leaves in the tree: events below this seq are sealed. */
  size: bigint('size', { mode: 'number' }).notNull(),
  root: bytea('root').notNull(),
  /** `Frontier.hashes`. */
  frontier: bytea('frontier').notNull(),
  /** The latest checkpoint, a signed note of exactly `size` and `root`. */
  note: text('note').notNull(),
  /** The time in that note: whole seconds, never smaller than the one before. */
  signedAt: moment('signed_at').notNull(),
  /** Size of the latest checkpoint that was kept in log_checkpoints, and when. */
  keptAt: moment('kept_at').notNull(),
  /** Why the sealer signs no more, in words for people; null while it does. */
  refused: text('refused'),
  refusedAt: moment('refused_at'),
})

/** Full tiles only (C2SP tlog-tiles, height 8), insert-only. `root` is the tile's hash in the level above. */
export const logTiles = pgTable(
  'log_tiles',
  {
    tenantId: uuid('tenant_id').notNull(),
    level: smallint('level').notNull(),
    index: bigint('idx', { mode: 'number' }).notNull(),
    /** 256 hashes, 8,192 bytes, uncompressed and out of line. */
    data: bytea('data').notNull(),
    root: bytea('root').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.level, t.index] })],
)

const epochKey = { tenantId: uuid('tenant_id').notNull(), epoch: integer('epoch').notNull() }

/** Checkpoints that are kept: the first of each hour in which the log grew, and whatever was anchored. */
export const logCheckpoints = pgTable(
  'log_checkpoints',
  {
    ...epochKey,
    size: bigint('size', { mode: 'number' }).notNull(),
    note: text('note').notNull(),
    signedAt: moment('signed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.epoch, t.size] }),
    foreignKey({
      name: 'log_checkpoints_log',
      columns: [t.tenantId, t.epoch],
      foreignColumns: [logs.tenantId, logs.epoch],
    }),
  ],
)

/** Public keys of a log, by the number of the rotation. The private ones are derived, and stored nowhere. */
export const logKeys = pgTable(
  'log_keys',
  {
    ...epochKey,
    number: integer('number').notNull(),
    vkey: text('vkey').notNull(),
    /** The tree's size when it began to sign. */
    fromSize: bigint('from_size', { mode: 'number' }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** A replaced key signs beside its successor until then. */
    retiresAt: moment('retires_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.epoch, t.number] }),
    foreignKey({
      name: 'log_keys_log',
      columns: [t.tenantId, t.epoch],
      foreignColumns: [logs.tenantId, logs.epoch],
    }),
  ],
)

/** The operator's clocks: one a host, for all its logs. No tenant's data. */
export const clockKeys = pgTable(
  'clock_keys',
  {
    host: text('host').notNull(),
    number: integer('number').notNull(),
    vkey: text('vkey').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    retiresAt: moment('retires_at'),
  },
  (t) => [primaryKey({ columns: [t.host, t.number] })],
)

/** What people asked of the sealer, which alone has the keys. */
export const logRequests = pgTable(
  'log_requests',
  {
    tenantId: tenantKey(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: ['rotate_key', 'open_epoch'] }).notNull(),
    reason: text('reason').notNull(),
    requestedAt: moment('requested_at').notNull().defaultNow(),
    doneAt: moment('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('log_requests_open').on(t.tenantId, t.requestedAt).where(sql`done_at is null`),
  ],
)

/** What a tenant chose about its log. A tenant without a row has the defaults. */
export const logSettings = pgTable('log_settings', {
  tenantId: uuid('tenant_id')
    .primaryKey()
    .references(() => tenants.id),
  /** Whether anybody may read the checkpoint; all else needs a token or a session. */
  checkpointPublic: boolean('checkpoint_public').notNull().default(false),
})

/** Leaves of the anchor log: hashes of the tenants' checkpoints, by which nobody learns whose. No tenant's data. */
export const anchorEntries = pgTable('anchor_entries', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  /** `"trail-anchor-v1\n" ‖ SHA-256(checkpoint body)`, 48 bytes. */
  entry: bytea('entry').notNull(),
  leafHash: bytea('leaf_hash').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
})
