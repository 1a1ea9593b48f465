'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { jsonAction } from '@/app/(console)/[tenant]/collection/json-action'
import type { TenantScope } from '@/lib/access/scope'
import { restoreTableSchema, tableIdSchema } from '@/lib/collection/tables/input'
import { removeTable } from '@/lib/collection/tables/remove'
import { restoreTable } from '@/lib/collection/tables/restore'
import { readCompanion } from './read-companion'

const MANAGE = 'collection:manage'

const pathOf = (scope: TenantScope) => `/${scope.tenantSlug}/collection/tables`

export const restoreTableAction = jsonAction(
  MANAGE,
  restoreTableSchema,
  async (scope, input): Promise<void> => {
    await restoreTable(scope, input)
    revalidatePath(pathOf(scope), 'layout')
  },
)
export const removeTableAction = jsonAction(MANAGE, tableIdSchema, async (scope, input): Promise<never> => {
  await removeTable(scope, input)
  revalidatePath(pathOf(scope), 'layout')
  redirect(pathOf(scope))
})

export const companionAction = jsonAction('collection:read', tableIdSchema, readCompanion)
