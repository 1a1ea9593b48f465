import { index, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { moment, tenants } from './tenants'

/** Warnings that have yet to be mailed: written with what they tell of, deleted once a mail server has taken them. */
export const warningLetters = pgTable(
  'warning_letters',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    /** The same as in the bells. */
    key: text('key').notNull(),
    /** What it says: `lib/warnings/warning.ts`. */
    words: jsonb('words').notNull(),
    /** Warnings that go in one letter have the same; null before its first try. */
    letterId: uuid('letter_id'),
    tries: smallint('tries').notNull().default(0),
    dueAt: moment('due_at').notNull().defaultNow(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.key] }), index('warning_letters_due').on(t.dueAt)],
)
