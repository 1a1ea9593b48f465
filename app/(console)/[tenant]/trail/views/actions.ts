'use server'

import { revalidatePath } from 'next/cache'
import { memberAction } from '@/app/action'
import { createView } from '@/lib/views/create'
import { createViewSchema, setDefaultViewSchema, updateViewSchema, viewIdSchema } from '@/lib/views/input'
import { removeView } from '@/lib/views/remove'
import { setDefaultView } from '@/lib/views/set-default'
import { updateView } from '@/lib/views/update'

const showChange = () => revalidatePath('/[tenant]/trail', 'page')

export const createViewAction = memberAction('events:read', createViewSchema, async (scope, input) => {
  const view = await createView(scope, input)
  showChange()
  return view
})

export const updateViewAction = memberAction('events:read', updateViewSchema, async (scope, input) => {
  const view = await updateView(scope, input)
  showChange()
  return view
})

export const removeViewAction = memberAction('events:read', viewIdSchema, async (scope, input) => {
  const view = await removeView(scope, input)
  showChange()
  return view
})

export const setDefaultViewAction = memberAction(
  'events:read',
  setDefaultViewSchema,
  async (scope, input) => {
    const view = await setDefaultView(scope, input)
    showChange()
    return view
  },
)
