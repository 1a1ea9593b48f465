import { bigint, integer, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core'
import { bytea } from './tenants'

/**
 * The block index of the trail, derived from it: a row for 4,096 events, merged to 65,536 when sixteen stand side by side.
 * The parts are read by pieces, so they are stored uncompressed and out of line (STORAGE EXTERNAL in the migration).
 */
export const trailBlocks = pgTable(
  'trail_blocks',
  {
    tenantId: uuid('tenant_id').notNull(),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    blocks: smallint('blocks').notNull(),
    /** Another one each time that a row is written, so that what was read of one is not taken for its successor. */
    build: bigint('build', { mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    /** LAYOUT_VERSION of the code that built it; rows of another are built anew. */
    layout: smallint('layout').notNull(),
    minAt: bigint('min_at', { mode: 'number' }).notNull(),
    maxAt: bigint('max_at', { mode: 'number' }).notNull(),
    slices: integer('slices').notNull(),
    signature: bytea('signature').notNull(),
    directory: bytea('directory').notNull(),
    directoryPages: bytea('directory_pages').notNull(),
    postings: bytea('postings').notNull(),
    words: bytea('words').notNull(),
    times: bytea('times').notNull(),
    facets: bytea('facets').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.firstSeq] })],
)
