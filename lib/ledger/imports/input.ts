import { z } from 'zod'
import { momentSchema } from '@/lib/ledger/entities/input'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'

const MAX_FILE_NAME = 200

const id = z.uuid({ error: 'There is no such import.' })
const type = z.enum(ENTITY_TYPES, { error: `Choose one of ${ENTITY_TYPES.join(', ')}.` })
const confirmRemoved = z.coerce
  .number({ error: 'Give the number of entities.' })
  .int('Give the number of entities.')
  .min(0, 'Give the number of entities.')
  .optional()
  .describe('How many entities shall go or end, where that is more than a tenth: the number that was told.')

export const IMPORT_MODES = ['full', 'delta'] as const

/** How what was handed over is read, and from when on it holds. */
export const importOptionsSchema = z.strictObject({
  type,
  mode: z
    .enum(IMPORT_MODES, { error: 'Choose full or delta.' })
    .describe(
      '`full`: entities of the type that it lacks go. `delta`: they stay, as do columns that it lacks.',
    ),
  effectiveFrom: momentSchema
    .nullable()
    .default(null)
    .describe(
      'What it says holds from then on, and what was known before stays known. Null: it was always so.',
    ),
  format: z.enum(['csv', 'json']).optional().describe('Found out where it is not given.'),
  delimiter: z
    .enum([';', ',', '\t', '|'], { error: 'Choose semicolon, comma, tab or bar.' })
    .optional()
    .describe('Found out where it is not given.'),
  name: z.string().trim().max(MAX_FILE_NAME).default('').describe('The name of the file, for people.'),
})
export type ImportOptions = z.output<typeof importOptionsSchema>

/** `content`: CSV with a header, or JSON (a list of objects, or `{"entities": […]}`), as text or as the bytes of a file. */
export type PreviewImport = z.input<typeof importOptionsSchema> & { content: string | Buffer }

export const importIdSchema = z.strictObject({ id })
export type ImportId = z.output<typeof importIdSchema>

export const applyImportSchema = z.strictObject({ id, confirmRemoved })
export type ApplyImport = z.output<typeof applyImportSchema>

export const importLedgerSchema = importOptionsSchema.extend({
  dryRun: z.boolean().default(false).describe('Only say what would change.'),
  confirmRemoved,
})
export type ImportLedger = z.input<typeof importLedgerSchema> & { content: string | Buffer }

export const exportEntitiesSchema = z.strictObject({ type })
export type ExportEntities = z.output<typeof exportEntitiesSchema>
