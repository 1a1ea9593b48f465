import { sql } from 'drizzle-orm'
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, moment, tenants } from './tenants'

const tenantId = () =>
  uuid('tenant_id')
    .notNull()
    .references(() => tenants.id)

/** Collection lines: how the rows of a file become events. What a line does stands in its versions. */
export const lines = pgTable(
  'lines',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    note: text('note').notNull().default(''),
    /** The newest version. */
    version: integer('version').notNull().default(1),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('lines_name').on(t.tenantId, t.name).where(sql`removed_at is null`),
  ],
)

/** What a line did from a time on: never changed, so that a run can name the one that it used. */
export const lineVersions = pgTable(
  'line_versions',
  {
    tenantId: tenantId(),
    lineId: uuid('line_id').notNull(),
    version: integer('version').notNull(),
    /** `LineDefinition` of lib/collection/lines. */
    definition: jsonb('definition').notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: moment('saved_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.lineId, t.version] }),
    foreignKey({
      name: 'line_versions_line',
      columns: [t.tenantId, t.lineId],
      foreignColumns: [lines.tenantId, lines.id],
    }),
  ],
)

/** Tables that lines look things up in: event properties, mappings of log attributes, and what rows are joined with. */
export const lineTables = pgTable(
  'line_tables',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: ['properties', 'mapping', 'lookup'] }).notNull(),
    name: text('name').notNull(),
    note: text('note').notNull().default(''),
    version: integer('version').notNull().default(1),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('line_tables_name').on(t.tenantId, t.name).where(sql`removed_at is null`),
  ],
)

/** A table's rows from a time on: semicolon-separated CSV with a header, UTF-8, LF. */
export const lineTableVersions = pgTable(
  'line_table_versions',
  {
    tenantId: tenantId(),
    tableId: uuid('table_id').notNull(),
    version: integer('version').notNull(),
    content: text('content').notNull(),
    /** Rows below the header. */
    rows: integer('rows').notNull(),
    sha256: bytea('sha256').notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: moment('saved_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.tableId, t.version] }),
    foreignKey({
      name: 'line_table_versions_table',
      columns: [t.tenantId, t.tableId],
      foreignColumns: [lineTables.tenantId, lineTables.id],
    }),
  ],
)
