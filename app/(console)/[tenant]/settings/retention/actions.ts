'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { memberAction } from '@/app/action'
import { eraseActor } from '@/lib/erasure/erase-actor'
import { eraseValues } from '@/lib/erasure/erase-values'
import { eraseActorSchema, eraseValuesSchema } from '@/lib/erasure/input'
import { placeHoldSchema, releaseHoldSchema } from '@/lib/holds/input'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import { setRetention } from '@/lib/retention/set'
import { retentionFormSchema } from './retention-form-schema'

const showChange = () => revalidatePath('/[tenant]/settings/retention', 'page')

export const setRetentionAction = memberAction('events:erase', retentionFormSchema, async (scope, input) => {
  await setRetention(scope, input)
  showChange()
})

export const placeHoldAction = memberAction('events:erase', placeHoldSchema, async (scope, input) => {
  await placeHold(scope, input)
  showChange()
})

export const releaseHoldAction = memberAction('events:erase', releaseHoldSchema, async (scope, input) => {
  await releaseHold(scope, input)
  showChange()
})

export const eraseValuesAction = memberAction('events:erase', eraseValuesSchema, async (scope, input) => {
  await eraseValues(scope, input)
  redirect(`/${scope.tenantSlug}/trail/${input.eventId}`)
})

export const eraseActorAction = memberAction('events:erase', eraseActorSchema, async (scope, input) => {
  await eraseActor(scope, input)
  redirect(`/${scope.tenantSlug}/settings/retention#erasures`)
})
