'use server'

import { revalidatePath } from 'next/cache'
import { memberAction } from '@/app/action'
import { renameWorkspaceSchema } from '@/lib/workspaces/input'
import { renameWorkspace } from '@/lib/workspaces/rename'

export const renameWorkspaceAction = memberAction(
  'workspace:manage',
  renameWorkspaceSchema,
  async (scope, input) => {
    await renameWorkspace(scope, input)
    revalidatePath('/[tenant]', 'layout')
  },
)
