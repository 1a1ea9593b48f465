'use server'

import { revalidatePath } from 'next/cache'
import { memberAction } from '@/app/action'
import { markRead, markReadSchema } from '@/lib/notifications/mark-read'

/** From the bell: the page behind it stays as it is. */
export const markReadAction = memberAction('events:read', markReadSchema, markRead)

/** From the page that lists them. */
export const markListReadAction = memberAction('events:read', markReadSchema, async (scope, input) => {
  const bell = await markRead(scope, input)
  revalidatePath(`/${scope.tenantSlug}/notifications`, 'layout')
  return bell
})
