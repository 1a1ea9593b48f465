'use server'

import { revalidatePath } from 'next/cache'
import { memberAction } from '@/app/action'
import { anchorSettingsSchema } from '@/lib/integrity/anchor/input'
import { setAnchorSettings } from '@/lib/integrity/anchor/settings'
import { logRequestSchema, requestEpoch, requestRotation } from '@/lib/integrity/log/requests'

const showChange = () => revalidatePath('/[tenant]', 'layout')

export const saveSettingsAction = memberAction(
  'integrity:manage',
  anchorSettingsSchema,
  async (scope, input) => {
    await setAnchorSettings(scope, input)
    showChange()
  },
)

export const rotateKeyAction = memberAction('integrity:manage', logRequestSchema, async (scope, input) => {
  await requestRotation(scope, input)
  showChange()
})

export const openEpochAction = memberAction('integrity:manage', logRequestSchema, async (scope, input) => {
  await requestEpoch(scope, input)
  showChange()
})
