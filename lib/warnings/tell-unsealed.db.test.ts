import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { tendStreams } from '@/lib/delivery/lifecycle/tend-streams'
import { sampleRow } from '@/lib/integrity/scrub/testing/sealed-trail'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { append } from '@/lib/trail/append'

const database = useTestDatabase()
let scope: TenantScope

beforeEach(async () => {
  scope = await newMemberScope()
  await sealNow()
})

const tend = () => tendStreams({ budgetMs: 20_000 })
/** An event that came so many minutes ago. */
const appendOld = (minutes: number) =>
  append([sampleRow(scope.tenantId, 0, {}, new Date(Date.now() - minutes * 60_000).toISOString())])
const bells = async () => [
  ...(await database.owner()`
    select message, path from notifications where tenant_id = ${scope.tenantId} order by number`),
]

test('a sealer that stands still is told of once, however many look, and again the next time', async () => {
  await appendOld(9)
  expect(await tend()).toMatchObject({ unsealed: 0 })
  await sealNow()
  await appendOld(11)
  const counts = await Promise.all(Array.from({ length: 3 }, tend))
  expect(counts.reduce((sum, { unsealed }) => sum + unsealed, 0)).toBe(1)
  await appendOld(0)
  expect(await tend()).toMatchObject({ unsealed: 0 })
  expect(await bells()).toEqual([
    { message: expect.stringMatching(/^No event has been sealed since .* UTC$/), path: 'integrity' },
  ])
  await sealNow()
  expect(await tend()).toMatchObject({ unsealed: 0 })
  await appendOld(60)
  expect(await tend()).toMatchObject({ unsealed: 1 })
  expect(await bells()).toHaveLength(2)
})

test('one workspace that cannot be told keeps no other from it, nor anything else from being tended', async () => {
  const { tenantId } = scope
  const other = await newMemberScope()
  await sealNow()
  for (const id of [tenantId, other.tenantId])
    await append([sampleRow(id, 0, {}, new Date(Date.now() - 20 * 60_000).toISOString())])
  const owner = database.owner()
  await owner.unsafe(
    `alter table notifications add constraint broken check (tenant_id <> '${tenantId}') not valid`,
  )
  onTestFinished(async () => {
    await owner`alter table notifications drop constraint broken`
  })
  expect(await tend()).toMatchObject({ unsealed: 1 })
  expect(await bells()).toEqual([])
  const [told] =
    await owner`select count(*)::int as bells from notifications where tenant_id = ${other.tenantId}`
  expect(told).toEqual({ bells: 1 })
})
