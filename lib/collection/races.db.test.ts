import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { DEFINITION, LOOKUP } from '@/lib/api/testing/walked-collection'
import { newMemberScope } from '@/lib/auth/testing/people'
import { receiveFile } from './files/receive'
import { createLine } from './lines/create'
import { createLineSchema } from './lines/input'
import { updateLine } from './lines/update'
import { createPlan } from './plans/create'
import { createPlanSchema } from './plans/input'
import { updatePlan } from './plans/update'
import { requestRun } from './runs/request'
import { removeSilo } from './silos/remove'
import { newSilo } from './silos/testing/new-silo'
import { createTable } from './tables/create'
import { createTableSchema } from './tables/input'
import { updateTable } from './tables/update'

const database = useTestDatabase()

const MAKERS: [string, (scope: TenantScope) => Promise<unknown>][] = [
  ['silo', (scope) => newSilo(scope, { name: 'same' })],
  ['line', (scope) => createLine(scope, createLineSchema.parse({ name: 'same', definition: DEFINITION }))],
  ['table', (scope) => createTable(scope, createTableSchema.parse({ ...LOOKUP, name: 'same' }))],
  ['plan', (scope) => createPlan(scope, createPlanSchema.parse({ name: 'same', silos: ['planned'] }))],
]

test.each(MAKERS)(
  'of several who add a %s of the same name at once one does, and the others are told',
  async (_, make) => {
    const scope = await newMemberScope()
    await newSilo(scope, { name: 'planned' })
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => make(scope)))
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toHaveLength(3)
    for (const error of refused) expect(error).toMatchObject({ code: 'conflict' })
  },
)

const RENAMERS: [string, (scope: TenantScope, name: string) => Promise<() => Promise<unknown>>][] = [
  [
    'lines',
    async (scope, name) => {
      const { id } = await createLine(scope, createLineSchema.parse({ name, definition: DEFINITION }))
      return () => updateLine(scope, { id, name: 'same' })
    },
  ],
  [
    'tables',
    async (scope, name) => {
      const { id } = await createTable(scope, createTableSchema.parse({ ...LOOKUP, name }))
      return () => updateTable(scope, { id, name: 'same' })
    },
  ],
  [
    'plans',
    async (scope, name) => {
      const { id } = await createPlan(scope, createPlanSchema.parse({ name, silos: ['planned'] }))
      return () => updatePlan(scope, { id, name: 'same' })
    },
  ],
]

test.each(RENAMERS)('of several %s that get the same name at once one does', async (_, make) => {
  const scope = await newMemberScope()
  await newSilo(scope, { name: 'planned' })
  const renamers: (() => Promise<unknown>)[] = []
  for (const name of ['one', 'two', 'three']) renamers.push(await make(scope, name))
  const outcomes = await Promise.allSettled(renamers.map((rename) => rename()))
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused).toHaveLength(2)
  for (const error of refused) expect(error).toMatchObject({ code: 'conflict' })
})

test('a file that arrives while its silo is removed leaves nothing, also where another one got its name', async () => {
  const scope = await newMemberScope()
  for (const isMadeAgain of [false, true]) {
    const { name } = await newSilo(scope)
    async function* bytes() {
      yield Buffer.from('a;b\n1;2\n')
      await removeSilo(scope, { silo: name })
      if (isMadeAgain) await newSilo(scope, { name })
    }
    await expect(receiveFile(scope, { silo: name, name: 'a.csv', bytes: bytes() })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await database.owner()`select id from silo_files where tenant_id = ${scope.tenantId}`).toEqual([])
  }
})

test('a silo is not removed under what is being written for it', async () => {
  const scope = await newMemberScope()
  const { id: lineId } = await createLine(
    scope,
    createLineSchema.parse({ name: 'line', definition: DEFINITION }),
  )
  const { name } = await newSilo(scope, { lineId })
  const owner = database.owner()
  // Somebody holds the runs of the silo for a moment, as a run that is just ending does.
  const outcomes: Promise<unknown>[] = []
  await owner.begin(async (tx) => {
    await tx`select from silos where tenant_id = ${scope.tenantId} and name = ${name} for update`
    outcomes.push(removeSilo(scope, { silo: name }), requestRun(scope, { silo: name, kind: 'files' }))
    for (const outcome of outcomes) outcome.catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
  })
  await Promise.allSettled(outcomes)
  const open = await owner`select r.id from collection_runs r join silos s on s.id = r.silo_id
    where s.tenant_id = ${scope.tenantId} and s.removed_at is not null and r.state in ('queued', 'running')`
  expect(open).toEqual([])
})
