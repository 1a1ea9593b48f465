import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, moment, users } from './tenants'

/** A browser that signed in. The cookie carries only the id; this row decides at every request. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    ip: text('ip'),
    userAgent: text('user_agent'),
  },
  (t) => [index('sessions_by_user').on(t.userId, t.createdAt)],
)

/** One-time sign-in links that the operator's command line prints; stored hashed. */
export const signInLinks = pgTable('sign_in_links', {
  secretHash: bytea('secret_hash').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id),
  createdAt: moment('created_at').notNull().defaultNow(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
})
