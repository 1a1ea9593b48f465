'use server'

import { z } from 'zod'
import { jsonAction } from '@/app/(console)/[tenant]/collection/json-action'
import { SAMPLE_ROWS } from '@/components/collection/lines/sample'
import type { TenantScope } from '@/lib/access/scope'
import { fileIdSchema } from '@/lib/collection/files/input'
import { listFiles } from '@/lib/collection/files/list'
import { readSample } from '@/lib/collection/files/read-sample'
import { readTextSample } from '@/lib/collection/files/read-text-sample'

/** As many as somebody chooses a sample from; the newest are the likeliest. */
const OFFERED_FILES = 30
/** Enough to see most event types. */
const TEMPLATE_ROWS = 200

const siloSchema = z.strictObject({ silo: z.string() })
const textSchema = z.strictObject({ name: z.string().max(1024), text: z.string() })

export const sampleFilesAction = jsonAction('collection:read', siloSchema, async (scope, { silo }) => {
  const { files } = await listFiles(scope, { silo, limit: OFFERED_FILES })
  return files.filter(({ forgottenAt }) => forgottenAt === null).map(({ id, name }) => ({ id, name }))
})

const readFileRows = (rows: number) => async (scope: TenantScope, input: z.output<typeof fileIdSchema>) => {
  const sample = await readSample(scope, { ...input, rows })
  return { name: `A file of ${input.silo}`, header: sample.header, rows: sample.rows }
}

const readTextRows =
  (rows: number) =>
  async (_: TenantScope, { name, text }: z.output<typeof textSchema>) => ({
    name,
    ...readTextSample(text, rows),
  })

export const fileSampleAction = jsonAction('collection:read', fileIdSchema, readFileRows(SAMPLE_ROWS))
export const textSampleAction = jsonAction('collection:read', textSchema, readTextRows(SAMPLE_ROWS))
export const fileTemplateSampleAction = jsonAction(
  'collection:read',
  fileIdSchema,
  readFileRows(TEMPLATE_ROWS),
)
export const textTemplateSampleAction = jsonAction('collection:read', textSchema, readTextRows(TEMPLATE_ROWS))
