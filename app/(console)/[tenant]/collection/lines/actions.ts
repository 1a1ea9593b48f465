'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { jsonAction } from '@/app/(console)/[tenant]/collection/json-action'
import type { TenantScope } from '@/lib/access/scope'
import { lineIdSchema, restoreLineSchema } from '@/lib/collection/lines/input'
import { removeLine } from '@/lib/collection/lines/remove'
import { restoreLine } from '@/lib/collection/lines/restore'

const MANAGE = 'collection:manage'

const pathOf = (scope: TenantScope) => `/${scope.tenantSlug}/collection/lines`
const refresh = (scope: TenantScope) => revalidatePath(pathOf(scope), 'layout')

export const restoreLineAction = jsonAction(
  MANAGE,
  restoreLineSchema,
  async (scope, input): Promise<void> => {
    await restoreLine(scope, input)
    refresh(scope)
  },
)
export const removeLineAction = jsonAction(MANAGE, lineIdSchema, async (scope, input): Promise<never> => {
  await removeLine(scope, input)
  refresh(scope)
  redirect(pathOf(scope))
})
