'use server'

import { revalidatePath } from 'next/cache'
import { memberAction } from '@/app/action'
import { createToken } from '@/lib/tokens/create'
import { createTokenSchema, tokenIdSchema } from '@/lib/tokens/input'
import { revokeToken } from '@/lib/tokens/revoke'

const showChange = () => revalidatePath('/[tenant]/settings/tokens', 'page')

export const createTokenAction = memberAction('tokens:manage', createTokenSchema, async (scope, input) => {
  const token = await createToken(scope, input)
  showChange()
  return token
})

export const revokeTokenAction = memberAction('tokens:manage', tokenIdSchema, async (scope, input) => {
  const token = await revokeToken(scope, input)
  showChange()
  return token
})
