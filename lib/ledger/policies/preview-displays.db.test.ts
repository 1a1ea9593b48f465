import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { saveEntity } from '@/lib/ledger/entities/save'
import { previewDisplays } from './preview-displays'

useTestDatabase()

test('templates show an entity that the ledger has now, as matching would; what cannot be read or found is null', async () => {
  const scope = await newMemberScope()
  await saveEntity(scope, { type: 'organisation', key: 'sales', displayName: 'Sales' })
  await saveEntity(scope, {
    ...{ type: 'identity', key: 'pg', displayName: 'Pedro' },
    links: { organisation: 'sales' },
  })
  await saveEntity(scope, { type: 'account', key: 'a', displayName: 'nobody’s' })
  await saveEntity(scope, { type: 'account', key: 'z', displayName: 'z', links: { identity: 'pg' } })
  await saveEntity(scope, { type: 'group', key: 'old', displayName: 'Old', validTo: '2020-01-01' })
  const displays = [
    { entityType: 'account', display: '{identity|display_name} ({organisation})' },
    { entityType: 'account', display: 'broken {' },
    { entityType: 'group', display: '{display_name}' },
    { entityType: 'organisation', display: 'the {display_name}' },
  ] as const
  expect(await previewDisplays(scope, { displays })).toEqual([
    { entity: 'z', display: 'Pedro (Sales)' },
    null,
    null,
    { entity: 'Sales', display: 'the Sales' },
  ])
  expect(await previewDisplays(await newMemberScope(), { displays })).toEqual([null, null, null, null])
})
