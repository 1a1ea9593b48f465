import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { destinations } from './delivery'
import { bytea, moment } from './tenants'

/** A signed list of the objects that were stored within an hour, stored beside them. */
export const deliveryDigests = pgTable(
  'delivery_digests',
  {
    tenantId: uuid('tenant_id').notNull(),
    destinationId: uuid('destination_id').notNull(),
    /** Counts from 0 without a gap. */
    number: integer('number').notNull(),
    /** Batches settled from the last digest's end up to here are in it. Exclusive. */
    until: moment('until').notNull(),
    objectKey: text('object_key').notNull(),
    /** Frozen before it is first sent, so that every try stores the same bytes. */
    body: text('body').notNull(),
    sha256: bytea('sha256').notNull(),
    objects: integer('objects').notNull(),
    state: text('state', { enum: ['planned', 'done'] })
      .notNull()
      .default('planned'),
    failures: integer('failures').notNull().default(0),
    /** Whether an earlier try got no clear no, or was never heard of again: then what is stored may be this one. */
    mayHaveArrived: boolean('may_have_arrived').notNull().default(false),
    dueAt: moment('due_at').notNull().defaultNow(),
    failMessage: text('fail_message'),
    storedAt: moment('stored_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.number] }),
    foreignKey({
      name: 'delivery_digests_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
    index('delivery_digests_due').on(t.dueAt).where(sql`state = 'planned'`),
  ],
)
