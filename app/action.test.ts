import { expect, test } from 'vitest'
import { noInputSchema } from '@/lib/auth/input'
import { memberAction } from './action'

test.each([[{ length: 4 }], [['acme']], [undefined], ['acme\0']])(
  'a workspace named %j, as no page of ours binds it, is a 404 before anything is looked up',
  async (slug) => {
    const action = memberAction('workspace:manage', noInputSchema, async () => {})
    await expect(action(slug, { ok: null }, new FormData())).rejects.toMatchObject({
      digest: 'NEXT_HTTP_ERROR_FALLBACK;404',
    })
  },
)
