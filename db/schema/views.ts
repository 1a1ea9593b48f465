import { sql } from 'drizzle-orm'
import {
  boolean,
  foreignKey,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { moment, tenants, users } from './tenants'

/** A way of looking at the trail that a person gave a name: its filter and table settings as a query string. */
export const savedViews = pgTable(
  'saved_views',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    id: uuid('id').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    query: text('query').notNull(),
    /** Every member of the workspace sees it. */
    isShared: boolean('is_shared').notNull().default(false),
    /** The trail opens with it for whoever has no default of their own; only a shared view can be. */
    isWorkspaceDefault: boolean('is_workspace_default').notNull().default(false),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('saved_views_name').on(t.tenantId, t.ownerId, t.name),
    uniqueIndex('saved_views_workspace_default').on(t.tenantId).where(sql`is_workspace_default`),
  ],
)

/** The view that the trail opens with for one member. */
export const defaultViews = pgTable(
  'default_views',
  {
    tenantId: uuid('tenant_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    viewId: uuid('view_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    foreignKey({
      name: 'default_views_view',
      columns: [t.tenantId, t.viewId],
      foreignColumns: [savedViews.tenantId, savedViews.id],
    }).onDelete('cascade'),
  ],
)
