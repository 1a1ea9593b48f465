import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { lines } from './lines'
import { bytea, moment, tenants } from './tenants'

const tenantId = () =>
  uuid('tenant_id')
    .notNull()
    .references(() => tenants.id)

const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0)

/** What became of rows: `rows` is the sum of the other four. */
const counts = () => ({
  rows: count('rows'),
  collected: count('collected'),
  duplicates: count('duplicates'),
  filtered: count('filtered'),
  rejected: count('rejected'),
})

/** A named set of audit log files, and the line that collects them. */
export const silos = pgTable(
  'silos',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** As in addresses: `windows-security`. Events that it collects have the origin `silo:<name>`. */
    name: text('name').notNull(),
    note: text('note').notNull().default(''),
    lineId: uuid('line_id'),
    /** Where files come from, `Origin` of lib/collection/silos; without secrets. */
    origin: jsonb('origin').notNull(),
    secretEnc: bytea('secret_enc'),
    /** Glob over file names. */
    pattern: text('pattern').notNull().default('*'),
    /** What the reader shall not find out by itself, `ReadingChoice` of lib/collection/reading. */
    reading: jsonb('reading').notNull().default({}),
    /** Whether files are collected as soon as they arrive. */
    collectsAtOnce: boolean('collects_at_once').notNull().default(false),
    /** Days after which the content of a collected file is forgotten; what became of it stays. */
    keepDays: integer('keep_days').notNull(),
    /** When the next file is overdue by the usual rhythm; null while there is no rhythm. */
    quietAt: moment('quiet_at'),
    /** When its managers were told that the file of `quietAt` has not come. */
    quietToldAt: moment('quiet_told_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('silos_name').on(t.tenantId, t.name).where(sql`removed_at is null`),
    foreignKey({
      name: 'silos_line',
      columns: [t.tenantId, t.lineId],
      foreignColumns: [lines.tenantId, lines.id],
    }),
    index('silos_quiet')
      .on(t.quietAt)
      .where(sql`quiet_at is not null and quiet_told_at is null and removed_at is null`),
  ],
)

/** A file of a silo, known by its SHA-256. Its content is in `silo_file_chunks`, as it arrived but for gzip. */
export const siloFiles = pgTable(
  'silo_files',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    siloId: uuid('silo_id').notNull(),
    name: text('name').notNull(),
    /** Of the content, unpacked. */
    bytes: count('bytes'),
    /** Null while it arrives. */
    sha256: bytea('sha256'),
    /** `receiving` while it arrives; `failed`: it could not be read on from `readBytes`, and the next run tries again. */
    state: text('state', { enum: ['receiving', 'new', 'collecting', 'collected', 'failed'] }).notNull(),
    receivedBy: text('received_by').notNull(),
    receivedAt: moment('received_at').notNull().defaultNow(),
    /** The reader's settings and the names of the columns, as its rows have been read. */
    reading: jsonb('reading'),
    header: text('header').array(),
    /** Everything before is collected, filtered or rejected: bytes of the content, and lines. */
    readBytes: count('read_bytes'),
    readLines: count('read_lines'),
    ...counts(),
    error: text('error'),
    collectedAt: moment('collected_at'),
    /** When its content was forgotten. */
    forgottenAt: moment('forgotten_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: 'silo_files_silo',
      columns: [t.tenantId, t.siloId],
      foreignColumns: [silos.tenantId, silos.id],
    }),
    uniqueIndex('silo_files_sha256').on(t.tenantId, t.siloId, t.sha256),
    index('silo_files_by_name').on(t.tenantId, t.siloId, t.name),
    index('silo_files_latest').on(t.tenantId, t.siloId, t.receivedAt, t.id),
    index('silo_files_waiting')
      .on(t.tenantId, t.siloId, t.name)
      .where(sql`state in ('new', 'collecting', 'failed')`),
    index('silo_files_receiving').on(t.receivedAt).where(sql`state = 'receiving'`),
    index('silo_files_kept').on(t.collectedAt).where(sql`state = 'collected' and forgotten_at is null`),
  ],
)

/** What was fetched from an origin that is looked through, so that it isn't fetched again: also where it was a duplicate. */
export const siloFound = pgTable(
  'silo_found',
  {
    tenantId: tenantId(),
    siloId: uuid('silo_id').notNull(),
    /** Object key, or path below the folder. */
    place: text('place').notNull(),
    /** Changes with the content: ETag and size, or inode, size and time of change. */
    mark: text('mark').notNull(),
    foundAt: moment('found_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.siloId, t.place] }),
    foreignKey({
      name: 'silo_found_silo',
      columns: [t.tenantId, t.siloId],
      foreignColumns: [silos.tenantId, silos.id],
    }),
  ],
)

/** A piece of a file's content, gzipped. */
export const siloFileChunks = pgTable(
  'silo_file_chunks',
  {
    tenantId: tenantId(),
    fileId: uuid('file_id').notNull(),
    /** The place of its first byte in the content. */
    startByte: bigint('start_byte', { mode: 'number' }).notNull(),
    data: bytea('data').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.fileId, t.startByte] }),
    foreignKey({
      name: 'silo_file_chunks_file',
      columns: [t.tenantId, t.fileId],
      foreignColumns: [siloFiles.tenantId, siloFiles.id],
    }).onDelete('cascade'),
  ],
)

/** One way through a silo's files, or through what was rejected before. At most one of a silo is open. */
export const collectionRuns = pgTable(
  'collection_runs',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    siloId: uuid('silo_id').notNull(),
    /** `files`: new files; `rejects`: rows that were rejected, again. */
    kind: text('kind', { enum: ['files', 'rejects'] }).notNull(),
    state: text('state', { enum: ['queued', 'running', 'finished', 'failed', 'cancelled'] }).notNull(),
    requestedBy: text('requested_by').notNull(),
    requestedAt: moment('requested_at').notNull().defaultNow(),
    /** The execution of a plan that it belongs to, and its place there. */
    executionId: uuid('execution_id'),
    place: smallint('place').notNull().default(0),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
    cancelledBy: text('cancelled_by'),
    /** `LineVersions` of lib/collection/lines: what it was run with. */
    versions: jsonb('versions'),
    /** Files that it read to the end, and that it could not. */
    files: integer('files').notNull().default(0),
    failedFiles: integer('failed_files').notNull().default(0),
    /** What it is at, for progress: bytes of all that it has to read, and bytes read. */
    fileId: uuid('file_id'),
    totalBytes: count('total_bytes'),
    readBytes: count('read_bytes'),
    ...counts(),
    error: text('error'),
    leaseToken: uuid('lease_token'),
    leaseUntil: moment('lease_until'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: 'collection_runs_silo',
      columns: [t.tenantId, t.siloId],
      foreignColumns: [silos.tenantId, silos.id],
    }),
    uniqueIndex('collection_runs_open').on(t.tenantId, t.siloId).where(sql`state in ('queued', 'running')`),
    index('collection_runs_due').on(t.requestedAt).where(sql`state in ('queued', 'running')`),
    index('collection_runs_latest').on(t.tenantId, t.siloId, t.requestedAt),
    index('collection_runs_execution').on(t.tenantId, t.executionId, t.place),
  ],
)

/** A row that did not become an event, with all that is needed to collect it again. */
export const collectionRejects = pgTable(
  'collection_rejects',
  {
    tenantId: tenantId(),
    siloId: uuid('silo_id').notNull(),
    fileId: uuid('file_id').notNull(),
    /** Of the row's first line in the file, from 1. */
    line: bigint('line', { mode: 'number' }).notNull(),
    /** The run that said so last. */
    runId: uuid('run_id').notNull(),
    code: text('code').notNull(),
    /** What is wrong, where, and what to do. */
    reason: text('reason').notNull(),
    /** The column, attribute or target field that it is about. */
    columnName: text('column_name'),
    /** The value there, its beginning. */
    value: text('value'),
    /** The row as it stands in the file; null where it is longer than what is kept, and can't be collected again. */
    raw: text('raw'),
    state: text('state', { enum: ['open', 'collected', 'discarded'] })
      .notNull()
      .default('open'),
    rejectedAt: moment('rejected_at').notNull().defaultNow(),
    settledAt: moment('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.fileId, t.line] }),
    foreignKey({
      name: 'collection_rejects_file',
      columns: [t.tenantId, t.fileId],
      foreignColumns: [siloFiles.tenantId, siloFiles.id],
    }).onDelete('cascade'),
    index('collection_rejects_open').on(t.tenantId, t.siloId, t.fileId, t.line).where(sql`state = 'open'`),
    index('collection_rejects_run').on(t.tenantId, t.runId, t.fileId, t.line),
  ],
)

/** Silos in an order, and when they are collected. */
export const plans = pgTable(
  'plans',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    note: text('note').notNull().default(''),
    siloIds: uuid('silo_ids').array().notNull(),
    /** Cron expression of five fields, by the clock of the workspace's zone; null: only when somebody says so. */
    schedule: text('schedule'),
    enabled: boolean('enabled').notNull().default(true),
    /** Null where it has no schedule or is switched off. */
    nextAt: moment('next_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('plans_name').on(t.tenantId, t.name).where(sql`removed_at is null`),
    index('plans_due').on(t.nextAt).where(sql`next_at is not null and removed_at is null`),
  ],
)

/** Each time that a plan was begun. */
export const planExecutions = pgTable(
  'plan_executions',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    planId: uuid('plan_id').notNull(),
    requestedBy: text('requested_by').notNull(),
    startedAt: moment('started_at').notNull().defaultNow(),
    /** Silos of the plan that had a run of their own already, or were gone, and why. */
    skipped: jsonb('skipped').notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: 'plan_executions_plan',
      columns: [t.tenantId, t.planId],
      foreignColumns: [plans.tenantId, plans.id],
    }),
    index('plan_executions_latest').on(t.tenantId, t.planId, t.startedAt),
  ],
)
