import { sql } from 'drizzle-orm'
import { customType, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** All our own times: UTC, milliseconds, as JavaScript dates. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const tenants = pgTable('tenants', {
  id: uuid('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  /** 32 random bytes, never changed: event ids of known origin are derived from it. */
  idKey: bytea('id_key').notNull(),
  /** IANA name. Daily and weekly letters come by its clock. */
  timeZone: text('time_zone').notNull().default('UTC'),
  /** Other names by which files of audit logs may call it, as their `mandant`. */
  aliases: text('aliases').array().notNull().default(sql`'{}'`),
  createdAt: moment('created_at').notNull().defaultNow(),
})

export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  /** Lower case, trimmed. */
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** argon2id in PHC form; null until a person set one through a sign-in link. */
  passwordHash: text('password_hash'),
  createdAt: moment('created_at').notNull().defaultNow(),
})

export const members = pgTable(
  'members',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role', { enum: ['owner', 'admin', 'member', 'auditor'] }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.userId] }), index('members_by_user').on(t.userId)],
)
