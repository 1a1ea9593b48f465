import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { inTenantSnapshot } from './in-tenant'

useTestDatabase()

test('a search that takes too long is answered with what to do, not as an outage', async () => {
  const scope = await newMemberScope()
  const search = inTenantSnapshot(scope, async (tx) => {
    await tx.execute('set local statement_timeout = 20')
    return tx.execute('select pg_sleep(5)')
  })
  await expect(search).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('takes too long'),
  })
})

test('a snapshot reads the trail of one moment and can write nothing', async () => {
  const scope = await newMemberScope()
  const rows = await inTenantSnapshot(scope, (tx) => tx.execute('show transaction_isolation'))
  expect(rows[0]).toEqual({ transaction_isolation: 'repeatable read' })
  await expect(inTenantSnapshot(scope, (tx) => tx.execute('delete from members'))).rejects.toThrow()
})
