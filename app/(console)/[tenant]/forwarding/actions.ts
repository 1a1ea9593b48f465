'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { memberAction } from '@/app/action'
import type { TenantScope } from '@/lib/access/scope'
import { cancelReplay } from '@/lib/forwarding/cancel-replay'
import { createDestination } from '@/lib/forwarding/create'
import { estimateVolume } from '@/lib/forwarding/estimate-volume'
import {
  createDestinationSchema,
  destinationIdSchema,
  previewDestinationSchema,
  updateDestinationSchema,
  volumeSchema,
} from '@/lib/forwarding/input'
import { pauseDestination } from '@/lib/forwarding/pause'
import { previewDestination } from '@/lib/forwarding/preview-destination'
import { removeDestination } from '@/lib/forwarding/remove'
import { replayEvents } from '@/lib/forwarding/replay-events'
import { restoreDestination } from '@/lib/forwarding/restore'
import { resumeDestination } from '@/lib/forwarding/resume'
import { retryNow } from '@/lib/forwarding/retry-now'
import { previewSkip, skipEvents } from '@/lib/forwarding/skip-events'
import {
  cancelReplaySchema,
  replayEventsSchema,
  resumeDestinationSchema,
  skipEventsSchema,
} from '@/lib/forwarding/stream-input'
import { testDestination } from '@/lib/forwarding/test-destination'
import { updateDestination } from '@/lib/forwarding/update'

const MANAGE = 'destinations:manage'
const pathOf = (scope: TenantScope) => `/${scope.tenantSlug}/forwarding`
const refresh = (scope: TenantScope) => revalidatePath(pathOf(scope), 'layout')

export const createAction = memberAction(MANAGE, createDestinationSchema, async (scope, input) => {
  const { id } = await createDestination(scope, input)
  redirect(`${pathOf(scope)}/${id}`)
})

export const updateAction = memberAction(MANAGE, updateDestinationSchema, async (scope, input) => {
  await updateDestination(scope, input)
  redirect(`${pathOf(scope)}/${input.id}`)
})

export const previewAction = memberAction(MANAGE, previewDestinationSchema, previewDestination)

export const estimateAction = memberAction(MANAGE, volumeSchema, estimateVolume)

export const pauseAction = memberAction(MANAGE, destinationIdSchema, async (scope, input) => {
  await pauseDestination(scope, input)
  refresh(scope)
})

export const resumeAction = memberAction(MANAGE, resumeDestinationSchema, async (scope, input) => {
  await resumeDestination(scope, input)
  refresh(scope)
})

export const retryAction = memberAction(MANAGE, destinationIdSchema, async (scope, input) => {
  await retryNow(scope, input)
  refresh(scope)
})

export const replayAction = memberAction(MANAGE, replayEventsSchema, async (scope, input) => {
  await replayEvents(scope, input)
  refresh(scope)
})

export const cancelReplayAction = memberAction(MANAGE, cancelReplaySchema, async (scope, input) => {
  await cancelReplay(scope, input)
  refresh(scope)
})

export const skipAction = memberAction(MANAGE, skipEventsSchema, async (scope, input) => {
  await skipEvents(scope, input)
  refresh(scope)
})

export const previewSkipAction = memberAction(MANAGE, skipEventsSchema.omit({ reason: true }), previewSkip)

export const removeAction = memberAction(MANAGE, destinationIdSchema, async (scope, input) => {
  await removeDestination(scope, input)
  redirect(pathOf(scope))
})

export const restoreAction = memberAction(MANAGE, destinationIdSchema, async (scope, input) => {
  await restoreDestination(scope, input)
  refresh(scope)
})

export const testAction = memberAction(MANAGE, destinationIdSchema, async (scope, input) => {
  const result = await testDestination(scope, input)
  refresh(scope)
  return result
})
