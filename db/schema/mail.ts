import { integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { moment, tenants } from './tenants'

/** How many letters each tenant sent by the instance's own mail server, by the hour: what an operator limits. */
export const mailHours = pgTable(
  'mail_hours',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    hour: moment('hour').notNull(),
    /** One for each recipient. */
    letters: integer('letters').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.hour] })],
)
