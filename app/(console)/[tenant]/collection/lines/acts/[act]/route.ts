import { revalidatePath } from 'next/cache'
import { jsonAct, jsonRoute } from '@/app/(console)/[tenant]/collection/json-route'
import { importLineOrAsk } from '@/app/(console)/[tenant]/collection/lines/import-line'
import { beginLine, startLineSchema } from '@/app/(console)/[tenant]/collection/lines/start-line'
import { tryLine, tryLineSchema } from '@/app/(console)/[tenant]/collection/lines/try-line'
import type { TenantScope } from '@/lib/access/scope'
import { createLine } from '@/lib/collection/lines/create'
import { createLineSchema, updateLineSchema } from '@/lib/collection/lines/input'
import { importLineSchema } from '@/lib/collection/lines/line-file'
import { updateLine } from '@/lib/collection/lines/update'

const MANAGE = 'collection:manage'

/** The pages of lines anew, and of silos, which name them. */
const refresh = ({ tenantSlug }: TenantScope) => revalidatePath(`/${tenantSlug}/collection`, 'layout')

// For members, by their session: what takes a line, its tables, or a sample's rows.
const { POST } = jsonRoute({
  create: jsonAct(MANAGE, createLineSchema, async (scope, input) => {
    const { id } = await createLine(scope, input)
    refresh(scope)
    return { id, version: 1 }
  }),
  update: jsonAct(MANAGE, updateLineSchema, async (scope, input) => {
    const saved = await updateLine(scope, input)
    refresh(scope)
    return saved
  }),
  start: jsonAct(MANAGE, startLineSchema, beginLine),
  try: jsonAct(MANAGE, tryLineSchema, tryLine),
  import: jsonAct(MANAGE, importLineSchema, async (scope, input) => {
    const answer = await importLineOrAsk(scope, input)
    refresh(scope)
    return answer
  }),
})

export { POST }
