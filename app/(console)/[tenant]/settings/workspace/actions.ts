'use server'

import { revalidatePath } from 'next/cache'
import { memberAction } from '@/app/action'
import { renameWorkspaceSchema, setTimeZoneSchema } from '@/lib/workspaces/input'
import { renameWorkspace } from '@/lib/workspaces/rename'
import { setAliases } from '@/lib/workspaces/set-aliases'
import { setTimeZone } from '@/lib/workspaces/set-time-zone'
import { aliasesFormSchema } from './aliases-form-schema'

export const renameWorkspaceAction = memberAction(
  'workspace:manage',
  renameWorkspaceSchema,
  async (scope, input) => {
    await renameWorkspace(scope, input)
    revalidatePath('/[tenant]', 'layout')
  },
)

export const setTimeZoneAction = memberAction('workspace:manage', setTimeZoneSchema, async (scope, input) => {
  await setTimeZone(scope, input)
  revalidatePath(`/${scope.tenantSlug}`, 'layout')
})

export const setAliasesAction = memberAction('workspace:manage', aliasesFormSchema, async (scope, input) => {
  await setAliases(scope, input)
  revalidatePath(`/${scope.tenantSlug}`, 'layout')
})
