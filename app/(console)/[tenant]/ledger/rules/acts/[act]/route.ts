import { revalidatePath } from 'next/cache'
import { jsonAct, jsonRoute } from '@/app/(console)/[tenant]/collection/json-route'
import type { TenantScope } from '@/lib/access/scope'
import { createRule } from '@/lib/ledger/rules/create'
import { createRuleSchema, updateRuleSchema } from '@/lib/ledger/rules/input'
import { updateRule } from '@/lib/ledger/rules/update'

const MANAGE = 'ledger:manage'

const refresh = ({ tenantSlug }: TenantScope) => revalidatePath(`/${tenantSlug}/ledger`, 'layout')

// For members, by their session: what the editor of rules saves.
const { POST } = jsonRoute({
  create: jsonAct(MANAGE, createRuleSchema, async (scope, input) => {
    const { id } = await createRule(scope, input)
    refresh(scope)
    return { id, version: 1 }
  }),
  update: jsonAct(MANAGE, updateRuleSchema, async (scope, input) => {
    const { id, version } = await updateRule(scope, input)
    refresh(scope)
    return { id, version }
  }),
})

export { POST }
