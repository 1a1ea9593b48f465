import { bigint, foreignKey, index, integer, jsonb, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { destinations } from './delivery'
import { bytea, moment } from './tenants'

const channelKey = {
  tenantId: uuid('tenant_id').notNull(),
  destinationId: uuid('destination_id').notNull(),
}

/** What a threshold rule remembers of one group, up to its stream's place: no names, only a keyed hash of them. */
export const ruleWindows = pgTable(
  'rule_windows',
  {
    ...channelKey,
    /** HMAC-SHA-256 of the group's value; of the whole where a rule makes no groups. */
    groupHash: bytea('group_hash').notNull(),
    /** The latest events of the group that no alarm told of, oldest first, one fewer than the rule counts at most. */
    seqs: bigint('seqs', { mode: 'number' }).array().notNull(),
    /** When each of them was received, in milliseconds since 1970; never before the one in front of it. */
    times: bigint('times', { mode: 'number' }).array().notNull(),
    /** Events before them that a quiet time kept from being told: the next alarm tells them as well. */
    since: integer('since').notNull().default(0),
    /** The first of those. */
    firstSeq: bigint('first_seq', { mode: 'number' }),
    firstAt: moment('first_at'),
    /** No further alarm before it. */
    quietUntil: moment('quiet_until'),
    /** From then on the row says nothing any more. */
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.groupHash] }),
    foreignKey({
      name: 'rule_windows_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
    // For forgetting.
    index('rule_windows_expired').on(t.tenantId, t.destinationId, t.expiresAt),
  ],
)

/** That a rule fired. */
export const ruleAlarms = pgTable(
  'rule_alarms',
  {
    ...channelKey,
    /** The event that made the number full. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    groupHash: bytea('group_hash').notNull(),
    /** When that event was received. */
    at: moment('at').notNull(),
    /** The first event that was counted. */
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    events: integer('events').notNull(),
    /** The rule as it was. */
    rule: jsonb('rule').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.destinationId, t.seq] }),
    foreignKey({
      name: 'rule_alarms_destination',
      columns: [t.tenantId, t.destinationId],
      foreignColumns: [destinations.tenantId, destinations.id],
    }),
    index('rule_alarms_latest').on(t.tenantId, t.destinationId, t.at),
  ],
)
