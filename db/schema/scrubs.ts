import { bigint, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core'
import { moment, tenants } from './tenants'

const seq = (name: string) => bigint(name, { mode: 'number' })

/** How far the scrubber is in each trail, and what it found wrong. */
export const logScrubs = pgTable('log_scrubs', {
  tenantId: uuid('tenant_id')
    .primaryKey()
    .references(() => tenants.id),
  /** Raised by every claim: only the latest may write. */
  version: integer('version').notNull().default(0),
  visitedAt: moment('visited_at'),
  leasedUntil: moment('leased_until'),
  /** The pass that is under way; null between two. `next_seq` is the first leaf of a tile. */
  passStartedAt: moment('pass_started_at'),
  nextSeq: seq('next_seq').notNull().default(0),
  passEvents: seq('pass_events').notNull().default(0),
  /** Carried through a pass: the latest time of receipt, and how far notices of retention explain what is gone. */
  latestReceivedAt: moment('latest_received_at'),
  retainedSeq: seq('retained_seq').notNull().default(0),
  /** What was dropped when the pass began, and the trail's end then: the notice of it is not behind that. */
  firstSeq: seq('first_seq').notNull().default(0),
  firstHeadSeq: seq('first_head_seq').notNull().default(0),
  lastStartedAt: moment('last_started_at'),
  lastFinishedAt: moment('last_finished_at'),
  lastEvents: seq('last_events').notNull().default(0),
  /** The end of the last whole pass. */
  verifiedSeq: seq('verified_seq').notNull().default(0),
  eventsPerSecond: real('events_per_second'),
  /** `SeenLog`: what was signed when the scrubber was here last. */
  seen: jsonb('seen'),
  /** `KnownFailure[]`, the oldest first. */
  failures: jsonb('failures').notNull().default([]),
  /** Failures of the pass for which the list had no room. */
  unlisted: integer('unlisted').notNull().default(0),
})

/** Erased events that a pass has met, until the notices that explain them have come, which stand behind them. */
export const logScrubErasures = pgTable(
  'log_scrub_erasures',
  {
    tenantId: uuid('tenant_id').notNull(),
    seq: seq('seq').notNull(),
    /** Values that are gone; 0 where retention emptied the whole event. */
    erased: integer('erased').notNull(),
    /** Pointers that notices named for it so far. */
    pointers: text('pointers').array().notNull().default([]),
    /** The trail's end when it was read: a notice that isn't before it doesn't exist. */
    headSeq: seq('head_seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.seq] })],
)
