import { sql } from 'drizzle-orm'
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { logCheckpoints } from './logs'
import { moment, tenants } from './tenants'

/** Where a kept checkpoint is remembered outside its own log. Insert-only. */
export const logAnchors = pgTable(
  'log_anchors',
  {
    tenantId: uuid('tenant_id').notNull(),
    epoch: integer('epoch').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    kind: text('kind', { enum: ['anchor-log', 'witness', 'rfc3161'] }).notNull(),
    /** The witness' key name, the authority's host; empty for the anchor log. */
    name: text('name').notNull(),
    at: moment('at').notNull().defaultNow(),
    /** `AnchorData` of lib/integrity/anchor/anchor. */
    data: jsonb('data').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.epoch, t.size, t.kind, t.name] }),
    foreignKey({
      name: 'log_anchors_checkpoint',
      columns: [t.tenantId, t.epoch, t.size],
      foreignColumns: [logCheckpoints.tenantId, logCheckpoints.epoch, logCheckpoints.size],
    }),
    // The latest of a kind: whether a log has grown since.
    index('log_anchors_latest').on(t.tenantId, t.kind, t.epoch, t.size),
  ],
)

/** A tenant's own witness and time-stamp authority, and how it goes with them. */
export const anchorPeers = pgTable(
  'anchor_peers',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    kind: text('kind', { enum: ['witness', 'rfc3161'] }).notNull(),
    url: text('url').notNull(),
    /** The witness' verifier key; null for an authority. */
    vkey: text('vkey'),
    everyMinutes: integer('every_minutes').notNull(),
    /** Moved ahead by whoever asks now, so that a process that dies leaves it due again. */
    dueAt: moment('due_at').notNull().defaultNow(),
    /** What a witness last cosigned, and of which epoch: it wants to be reminded. */
    epoch: integer('epoch').notNull().default(0),
    knownSize: bigint('known_size', { mode: 'number' }).notNull().default(0),
    anchoredAt: moment('anchored_at'),
    anchoredSize: bigint('anchored_size', { mode: 'number' }),
    failures: integer('failures').notNull().default(0),
    failedAt: moment('failed_at'),
    failMessage: text('fail_message'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.kind] }), index('anchor_peers_due').on(sql`due_at`)],
)
