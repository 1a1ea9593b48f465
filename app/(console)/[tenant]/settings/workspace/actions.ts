'use server'

import { revalidatePath } from 'next/cache'
import { memberAction } from '@/app/action'
import { renameWorkspaceSchema, setTimeZoneSchema } from '@/lib/workspaces/input'
import { renameWorkspace } from '@/lib/workspaces/rename'
import { setTimeZone } from '@/lib/workspaces/set-time-zone'

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
