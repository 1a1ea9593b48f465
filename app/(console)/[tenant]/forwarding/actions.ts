'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { memberAction } from '@/app/action'
import type { TenantScope } from '@/lib/access/scope'
import { createDestination } from '@/lib/forwarding/create'
import { createDestinationSchema, destinationIdSchema, updateDestinationSchema } from '@/lib/forwarding/input'
import { pauseDestination } from '@/lib/forwarding/pause'
import { removeDestination } from '@/lib/forwarding/remove'
import { resumeDestination } from '@/lib/forwarding/resume'
import { testDestination } from '@/lib/forwarding/test-destination'
import { updateDestination } from '@/lib/forwarding/update'

const pathOf = (scope: TenantScope) => `/${scope.tenantSlug}/forwarding`

export const createAction = memberAction(
  'destinations:manage',
  createDestinationSchema,
  async (scope, input) => {
    const { id } = await createDestination(scope, input)
    redirect(`${pathOf(scope)}/${id}`)
  },
)

export const updateAction = memberAction(
  'destinations:manage',
  updateDestinationSchema,
  async (scope, input) => {
    await updateDestination(scope, input)
    redirect(`${pathOf(scope)}/${input.id}`)
  },
)

export const pauseAction = memberAction('destinations:manage', destinationIdSchema, async (scope, input) => {
  await pauseDestination(scope, input)
  revalidatePath(pathOf(scope), 'layout')
})

export const resumeAction = memberAction('destinations:manage', destinationIdSchema, async (scope, input) => {
  await resumeDestination(scope, input)
  revalidatePath(pathOf(scope), 'layout')
})

export const removeAction = memberAction('destinations:manage', destinationIdSchema, async (scope, input) => {
  await removeDestination(scope, input)
  redirect(pathOf(scope))
})

export const testAction = memberAction('destinations:manage', destinationIdSchema, async (scope, input) => {
  const result = await testDestination(scope, input)
  revalidatePath(`${pathOf(scope)}/${input.id}`)
  return result
})
