import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { jsonAct, jsonRoute } from '@/app/(console)/[tenant]/collection/json-route'
import type { TenantScope } from '@/lib/access/scope'
import { checkTable } from '@/lib/collection/tables/check'
import { createTable } from '@/lib/collection/tables/create'
import { checkTableSchema, createTableSchema, updateTableSchema } from '@/lib/collection/tables/input'
import { makeTemplate } from '@/lib/collection/tables/make-template'
import { parseTable } from '@/lib/collection/tables/parse-table'
import { readEventIds } from '@/lib/collection/tables/read-event-ids'
import { updateTable } from '@/lib/collection/tables/update'

const READ = 'collection:read'
const MANAGE = 'collection:manage'

/** The verb, and after it the pages anew. */
const thenRefresh =
  <Input, Result>(verb: (scope: TenantScope, input: Input) => Promise<Result>) =>
  async (scope: TenantScope, input: Input): Promise<Result> => {
    const result = await verb(scope, input)
    revalidatePath(`/${scope.tenantSlug}/collection/tables`, 'layout')
    return result
  }

const templateSchema = z.strictObject({
  kind: z.enum(['properties', 'mapping']),
  sample: z.object({ header: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
  attribute: z.string().optional(),
  propertiesId: z.uuid().optional(),
})

/** A template for the event ids that a sample has. */
async function templateOf(
  scope: TenantScope,
  { kind, sample, attribute, propertiesId }: z.output<typeof templateSchema>,
): Promise<string> {
  const seen =
    sample && attribute
      ? readEventIds(sample.header, sample.rows, attribute)
      : { eventIds: [], propertyCounts: {} }
  return makeTemplate(scope, { kind, ...seen, attributes: sample?.header ?? [], propertiesId })
}

// For members, by their session: what takes the rows of a table.
const { POST } = jsonRoute({
  create: jsonAct(MANAGE, createTableSchema, thenRefresh(createTable)),
  update: jsonAct(MANAGE, updateTableSchema, thenRefresh(updateTable)),
  check: jsonAct(READ, checkTableSchema, checkTable),
  open: jsonAct(READ, checkTableSchema.omit({ companionId: true }), async (_, { kind, content }) =>
    parseTable(kind, content),
  ),
  template: jsonAct(READ, templateSchema, templateOf),
})

export { POST }
