import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { jsonAct, jsonRoute } from '@/app/(console)/[tenant]/collection/json-route'
import type { TenantScope } from '@/lib/access/scope'
import { importOptionsSchema } from '@/lib/ledger/imports/input'
import { previewImport } from '@/lib/ledger/imports/preview'

const previewSchema = importOptionsSchema.extend({
  content: z.string().min(1, 'Choose a file, or paste rows.'),
})

async function preview(scope: TenantScope, input: z.output<typeof previewSchema>) {
  const answer = await previewImport(scope, input)
  revalidatePath(`/${scope.tenantSlug}/ledger/imports`, 'layout')
  // What it would change is read by its own page.
  return answer.id === null ? answer : { id: answer.id }
}

// For members, by their session: what takes the rows of a file.
const { POST } = jsonRoute({ preview: jsonAct('ledger:write', previewSchema, preview) })

export { POST }
