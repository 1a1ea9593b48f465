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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { moment, tenants, users } from './tenants'

/** Next number of each tenant: locked by whoever rings, so that numbers are committed in their order. */
export const notificationHeads = pgTable('notification_heads', {
  tenantId: uuid('tenant_id')
    .primaryKey()
    .references(() => tenants.id),
  nextNumber: bigint('next_number', { mode: 'number' }).notNull().default(1),
})

/**
 * What people find in their bell. Of events only their places: what is shown is read from the trail, so that what
 * was erased or dropped there is gone here, too.
 */
export const notifications = pgTable(
  'notifications',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    number: bigint('number', { mode: 'number' }).notNull(),
    /** The channel that it came by; null for a warning of Spoor's own. */
    destinationId: uuid('destination_id'),
    /** The same for each try of one message. */
    idempotencyKey: text('idempotency_key').notNull(),
    at: moment('at').notNull().defaultNow(),
    /** Whose bells: members with one of these roles. */
    roles: text('roles').array().notNull(),
    /** Of a warning: its sentence, and the path within the workspace that it leads to. */
    message: text('message'),
    path: text('path'),
    /** Events that it tells of, by level, and the places of those that it lists. */
    events: integer('events').notNull().default(0),
    levels: jsonb('levels').notNull().default({}),
    firstSeq: bigint('first_seq', { mode: 'number' }),
    lastSeq: bigint('last_seq', { mode: 'number' }),
    listed: bigint('listed', { mode: 'number' }).array().notNull().default(sql`'{}'`),
    /** Of a rule that fired: `{count, withinSeconds, per}`. */
    rule: jsonb('rule'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.number] }),
    uniqueIndex('notifications_once').on(t.tenantId, t.idempotencyKey),
    // For forgetting.
    index('notifications_old').on(t.at),
  ],
)

/** Who was shown a notification, where and when: each person once. */
export const notificationReceipts = pgTable(
  'notification_receipts',
  {
    tenantId: uuid('tenant_id').notNull(),
    number: bigint('number', { mode: 'number' }).notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    /** For people: `Firefox on Linux`. */
    browser: text('browser').notNull(),
    shownAt: moment('shown_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.number, t.userId] }),
    foreignKey({
      name: 'notification_receipts_notification',
      columns: [t.tenantId, t.number],
      foreignColumns: [notifications.tenantId, notifications.number],
    }).onDelete('cascade'),
    index('notification_receipts_person').on(t.tenantId, t.userId, t.number),
  ],
)

/** Up to where a person has read their bell. */
export const notificationReaders = pgTable(
  'notification_readers',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    readNumber: bigint('read_number', { mode: 'number' }).notNull(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.userId] })],
)
