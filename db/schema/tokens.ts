import { pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytea, moment, tenants, users } from './tenants'

/** API tokens of a tenant. The secret is shown once; only its SHA-256 is kept. */
export const tokens = pgTable(
  'tokens',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    /** First characters of the secret, so that people can tell tokens apart. */
    prefix: text('prefix').notNull(),
    secretHash: bytea('secret_hash').notNull(),
    scopes: text('scopes').array().notNull(),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
    lastUsedAt: moment('last_used_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), unique('tokens_secret_hash').on(t.secretHash)],
)
