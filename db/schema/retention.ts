import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, tenants } from './tenants'

const tenantKey = () =>
  uuid('tenant_id')
    .notNull()
    .references(() => tenants.id)

const seq = (name: string) => bigint(name, { mode: 'number' })

/** How long a tenant keeps its events. One without a row keeps them for ever. */
export const retentionSettings = pgTable('retention_settings', {
  tenantId: tenantKey().primaryKey(),
  /** Null: for ever. */
  days: integer('days'),
  /** Days by type, for types that are kept shorter than all. */
  types: jsonb('types').$type<Record<string, number>>().notNull().default({}),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  updatedBy: text('updated_by').notNull(),
})

/** How far retention has come in a trail. */
export const retentionProgress = pgTable('retention_progress', {
  tenantId: tenantKey().primaryKey(),
  /** Announced in the trail by the event `notice_seq`: all below it is being dropped. */
  dropTo: seq('drop_to'),
  noticeSeq: seq('notice_seq'),
  /** By type, and under `*` for all: events below it that have expired were emptied. */
  emptiedTo: jsonb('emptied_to').$type<Record<string, number>>().notNull().default({}),
  droppedEvents: seq('dropped_events').notNull().default(0),
  emptiedEvents: seq('emptied_events').notNull().default(0),
  checkedAt: moment('checked_at').notNull(),
  heldBy: text('held_by', { enum: ['legal_hold', 'destination', 'seal'] }),
})

/** While one is active nothing of the trail is erased or dropped. */
export const legalHolds = pgTable(
  'legal_holds',
  {
    tenantId: tenantKey(),
    id: uuid('id').notNull(),
    reason: text('reason').notNull(),
    until: moment('until'),
    placedBy: text('placed_by').notNull(),
    placedAt: moment('placed_at').notNull().defaultNow(),
    releasedBy: text('released_by'),
    releasedAt: moment('released_at'),
    releaseReason: text('release_reason'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

/** What was erased on somebody's demand; a running one is worked off chunk by chunk. */
export const erasures = pgTable(
  'erasures',
  {
    tenantId: tenantKey(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: ['values', 'actor'] }).notNull(),
    state: text('state', { enum: ['running', 'done'] }).notNull(),
    reasonCode: text('reason_code').notNull(),
    note: text('note'),
    pointers: jsonb('pointers').$type<string[]>().notNull(),
    /** Who is erased; null as soon as that is done, or this row would be what is left of them. */
    actor: jsonb('actor').$type<string[]>(),
    mentions: boolean('mentions').notNull().default(false),
    /** Events below it were looked at, of those below `through_seq`. */
    nextSeq: seq('next_seq').notNull(),
    throughSeq: seq('through_seq').notNull(),
    events: seq('events').notNull().default(0),
    requestedBy: text('requested_by').notNull(),
    requestedAt: moment('requested_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('erasures_running').on(t.tenantId, t.requestedAt).where(sql`state = 'running'`),
  ],
)
