'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { jsonAction } from '@/app/(console)/[tenant]/collection/json-action'
import type { TenantScope } from '@/lib/access/scope'
import { getPolicy } from '@/lib/ledger/policies/get'
import { policyIdSchema, setSourceSchema, updatePolicySchema } from '@/lib/ledger/policies/input'
import { makeDefault } from '@/lib/ledger/policies/make-default'
import { removePolicy } from '@/lib/ledger/policies/remove'
import { setSource } from '@/lib/ledger/policies/set-source'
import { updatePolicy } from '@/lib/ledger/policies/update'

const MANAGE = 'ledger:manage'

const refresh = ({ tenantSlug }: TenantScope) => revalidatePath(`/${tenantSlug}`, 'layout')

const restoreSchema = updatePolicySchema
  .pick({ id: true, unchangedSince: true })
  .extend({ version: z.int().min(1) })

export const restorePolicyAction = jsonAction(
  MANAGE,
  restoreSchema,
  async (scope, { id, version, unchangedSince }): Promise<void> => {
    const { entries } = await getPolicy(scope, { id, version })
    const plain = entries.map(({ logEntity, ruleId, display }) => ({ logEntity, ruleId, display }))
    await updatePolicy(scope, { id, entries: plain, unchangedSince })
    refresh(scope)
  },
)

export const removePolicyAction = jsonAction(MANAGE, policyIdSchema, async (scope, input): Promise<never> => {
  await removePolicy(scope, input)
  refresh(scope)
  redirect(`/${scope.tenantSlug}/ledger/policies`)
})

export const makeDefaultAction = jsonAction(MANAGE, policyIdSchema, async (scope, input): Promise<void> => {
  await makeDefault(scope, input)
  refresh(scope)
})

export const setSourceAction = jsonAction(MANAGE, setSourceSchema, async (scope, input): Promise<void> => {
  await setSource(scope, input)
  refresh(scope)
})
