import { revalidatePath } from 'next/cache'
import { jsonAct, jsonRoute } from '@/app/(console)/[tenant]/collection/json-route'
import type { TenantScope } from '@/lib/access/scope'
import { createPolicy } from '@/lib/ledger/policies/create'
import { createPolicySchema, updatePolicySchema } from '@/lib/ledger/policies/input'
import { updatePolicy } from '@/lib/ledger/policies/update'

const MANAGE = 'ledger:manage'

const refresh = ({ tenantSlug }: TenantScope) => revalidatePath(`/${tenantSlug}/ledger`, 'layout')

// For members, by their session: what the editor of policies saves.
const { POST } = jsonRoute({
  create: jsonAct(MANAGE, createPolicySchema, async (scope, input) => {
    const { id } = await createPolicy(scope, input)
    refresh(scope)
    return { id, version: 1 }
  }),
  update: jsonAct(MANAGE, updatePolicySchema, async (scope, input) => {
    const { id, version } = await updatePolicy(scope, input)
    refresh(scope)
    return { id, version }
  }),
})

export { POST }
