import { sql } from 'drizzle-orm'
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, moment, tenants } from './tenants'

const tenantId = () =>
  uuid('tenant_id')
    .notNull()
    .references(() => tenants.id)

/** Who and what a tenant's events speak of. What is known of an entity stands in its records. */
export const ledgerEntities = pgTable(
  'ledger_entities',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** `EntityType` of lib/ledger/entity-types.ts. */
    type: text('type').notNull(),
    /** As its newest record spells it. */
    key: text('key').notNull(),
    /** `foldText` of the key: keys that differ in case are the same. */
    keyFold: text('key_fold').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('ledger_entities_key').on(t.tenantId, t.type, t.keyFold),
  ],
)

/** What an entity was from `valid_from` (inclusive; null: always) to `valid_to` (exclusive; null: for ever). */
export const ledgerRecords = pgTable(
  'ledger_records',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    entityId: uuid('entity_id').notNull(),
    validFrom: moment('valid_from'),
    validTo: moment('valid_to'),
    displayName: text('display_name').notNull(),
    /** Texts by name: `login`, `sid`, `email`, whatever the tenant loads. */
    attributes: jsonb('attributes').notNull(),
    /** Keys of other entities by the name of the link, `{identity: ['wardog'], groups: ['…']}`. */
    links: jsonb('links').notNull().default({}),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: 'ledger_records_entity',
      columns: [t.tenantId, t.entityId],
      foreignColumns: [ledgerEntities.tenantId, ledgerEntities.id],
    }).onDelete('cascade'),
    index('ledger_records_of').on(t.entityId, t.tenantId),
  ],
)

/** Everything by which records are found: attributes, links, their key and display name (`key`, `display_name`), and words (`~`).
 * Without foreign keys, which are two thirds of the time that loading takes: only write-entities.ts writes it. */
export const ledgerValues = pgTable(
  'ledger_values',
  {
    tenantId: uuid('tenant_id').notNull(),
    type: text('type').notNull(),
    /** Name of the attribute or link. */
    name: text('name').notNull(),
    /** `foldText` of the value, its beginning. */
    fold: text('fold').notNull(),
    recordId: uuid('record_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.type, t.name, t.fold, t.recordId] }),
    index('ledger_values_record').on(t.recordId, t.tenantId),
  ],
)

/** A file or list of entities that somebody loaded, or wants to: first it says what would change. */
export const ledgerImports = pgTable(
  'ledger_imports',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    type: text('type').notNull(),
    /** `full`: entities of the type that it lacks go; `delta`: they stay. */
    mode: text('mode', { enum: ['full', 'delta'] }).notNull(),
    /** Null: what it says was always so. Otherwise it holds from then on, and what was known before stays known. */
    effectiveFrom: moment('effective_from'),
    name: text('name').notNull().default(''),
    state: text('state', { enum: ['preview', 'applied', 'discarded'] }).notNull(),
    /** Of a preview: what was handed over, gzipped. Forgotten when it is applied or its time has passed. */
    content: bytea('content'),
    /** `ImportOptions` of lib/ledger/imports: how it is read. */
    options: jsonb('options').notNull().default({}),
    rows: integer('rows').notNull().default(0),
    added: integer('added').notNull().default(0),
    changed: integer('changed').notNull().default(0),
    removed: integer('removed').notNull().default(0),
    unchanged: integer('unchanged').notNull().default(0),
    requestedBy: text('requested_by').notNull(),
    requestedAt: moment('requested_at').notNull().defaultNow(),
    appliedBy: text('applied_by'),
    appliedAt: moment('applied_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('ledger_imports_latest').on(t.tenantId, t.requestedAt),
    index('ledger_imports_waiting').on(t.requestedAt).where(sql`state = 'preview'`),
  ],
)
