'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { jsonAction } from '@/app/(console)/[tenant]/collection/json-action'
import type { TenantScope } from '@/lib/access/scope'
import { getRule } from '@/lib/ledger/rules/get'
import { ruleIdSchema, updateRuleSchema } from '@/lib/ledger/rules/input'
import { removeRule } from '@/lib/ledger/rules/remove'
import { updateRule } from '@/lib/ledger/rules/update'

const MANAGE = 'ledger:manage'

const refresh = ({ tenantSlug }: TenantScope) => revalidatePath(`/${tenantSlug}/ledger`, 'layout')

const restoreSchema = updateRuleSchema
  .pick({ id: true, unchangedSince: true })
  .extend({ version: z.int().min(1) })

export const restoreRuleAction = jsonAction(
  MANAGE,
  restoreSchema,
  async (scope, { id, version, unchangedSince }): Promise<void> => {
    const { definition } = await getRule(scope, { id, version })
    await updateRule(scope, { id, definition, unchangedSince })
    refresh(scope)
  },
)

export const removeRuleAction = jsonAction(MANAGE, ruleIdSchema, async (scope, input): Promise<never> => {
  await removeRule(scope, input)
  refresh(scope)
  redirect(`/${scope.tenantSlug}/ledger/rules`)
})
