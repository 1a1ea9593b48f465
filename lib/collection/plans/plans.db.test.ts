import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { cancelRun } from '@/lib/collection/runs/cancel'
import { collectDue } from '@/lib/collection/runs/collect-due'
import { requestRun } from '@/lib/collection/runs/request'
import { handOver, makeWindowsSilo, windowsCsv } from '@/lib/collection/runs/testing/windows-silo'
import { createSilo } from '@/lib/collection/silos/create'
import { createSiloSchema } from '@/lib/collection/silos/input'
import { parseInput } from '@/lib/errors/parse-input'
import { setTimeZone } from '@/lib/workspaces/set-time-zone'
import { createPlan } from './create'
import { getPlan } from './get'
import { createPlanSchema, updatePlanSchema } from './input'
import { listPlans } from './list'
import { listExecutions } from './list-executions'
import { removePlan } from './remove'
import { runPlan } from './run'
import { updatePlan } from './update'

const database = useTestDatabase()

let scope: TenantScope

beforeEach(async () => {
  scope = await newMemberScope()
  const { lineId } = await makeWindowsSilo(scope, 'first')
  await createSilo(scope, createSiloSchema.parse({ name: 'second', lineId }))
  await createSilo(scope, createSiloSchema.parse({ name: 'empty' }))
})

const rows = (from: number, to: number) => {
  const [header, ...all] = windowsCsv().split('\r\n')
  return `${[header, ...all.slice(from, to)].join('\n')}\n`
}

const create = (input: Record<string, unknown>) =>
  createPlan(scope, parseInput(createPlanSchema, { name: 'nightly', silos: ['second', 'first'], ...input }))

const collect = () => collectDue({ budgetMs: 60_000 })

const makeDue = (id: string) =>
  database.owner()`update plans set next_at = now() - interval '3 days' where id = ${id}`

test('a plan whose time has come collects its silos in their order, once for all times that were missed', async () => {
  await handOver(scope, 'first', 'a.csv', rows(0, 20))
  await handOver(scope, 'second', 'b.csv', rows(20, 40))
  const { id, nextAt } = await create({ schedule: '*/5 * * * *' })
  expect(nextAt?.getTime()).toBeGreaterThan(Date.now())
  await makeDue(id)
  expect(await collect()).toMatchObject({ plans: 1, runs: 2, collected: 40 })
  const { executions } = await listExecutions(scope, { id, limit: 10 })
  expect(executions).toHaveLength(1)
  expect(executions[0]).toMatchObject({ state: 'finished', requestedBy: 'scheduler', skipped: [] })
  const runs = executions[0]?.runs ?? []
  expect(runs.map(({ silo, planId, collected }) => [silo, planId, collected])).toEqual([
    ['second', id, 20],
    ['first', id, 20],
  ])
  expect(runs[1]?.startedAt?.getTime()).toBeGreaterThanOrEqual(runs[0]?.endedAt?.getTime() ?? Infinity)
  const plan = await getPlan(scope, { id })
  expect(plan.nextAt?.getTime()).toBeGreaterThan(Date.now())
  expect(plan.lastExecution?.id).toBe(executions[0]?.id)
  expect(await collect()).toMatchObject({ plans: 0, runs: 0 })
})

test('silos that can not be run now are left out, with the reason', async () => {
  const { id } = await create({ silos: ['first', 'empty', 'second'] })
  const open = await requestRun(scope, { silo: 'first', kind: 'files' })
  const begun = await runPlan(scope, { id })
  expect(begun.state).toBe('running')
  expect(begun.runs.map(({ silo }) => silo)).toEqual(['second'])
  expect(begun.skipped.map(({ silo }) => silo)).toEqual(['first', 'empty'])
  await expect(runPlan(scope, { id })).rejects.toMatchObject({ code: 'conflict' })
  await cancelRun(scope, { id: open.id })
  await collect()
  const { executions } = await listExecutions(scope, { id, limit: 1 })
  expect(executions[0]).toMatchObject({ state: 'finished' })
})

test('a failed run of a plan does not keep the next silo back, and warns once until it succeeds again', async () => {
  const { id } = await create({})
  const warnings = () => database.owner()`
    select message from notifications where tenant_id = ${scope.tenantId}
      and idempotency_key like 'collection %'`
  const failing = async (name: string) => {
    await handOver(scope, 'second', name, `one;two\n${name};2\n`)
    await runPlan(scope, { id })
    await collect()
  }
  await failing('bad.csv')
  const { executions } = await listExecutions(scope, { id, limit: 1 })
  expect(executions[0]?.state).toBe('failed')
  expect(executions[0]?.runs.map(({ state }) => state)).toEqual(['failed', 'finished'])
  await failing('worse.csv')
  expect(await warnings()).toHaveLength(1)
  await database.owner()`delete from silo_files where tenant_id = ${scope.tenantId} and state = 'failed'`
  await runPlan(scope, { id })
  await collect()
  await failing('again.csv')
  expect(await warnings()).toHaveLength(2)
})

test('a plan is changed, switched off and removed, and somebody else’s changes are not lost', async () => {
  const plan = await create({ schedule: '0 2 * * *', note: 'at night' })
  await expect(create({})).rejects.toMatchObject({ code: 'conflict' })
  await expect(create({ name: 'other', silos: ['nowhere'] })).rejects.toMatchObject({ code: 'invalid' })
  expect(() => parseInput(createPlanSchema, { name: 'x', silos: ['first'], schedule: '* * *' })).toThrow()
  const unchangedSince = plan.updatedAt.toISOString()
  const change = (input: Record<string, unknown>) =>
    updatePlan(scope, parseInput(updatePlanSchema, { id: plan.id, ...input }))
  const off = await change({ enabled: false, unchangedSince })
  expect(off).toMatchObject({ name: 'nightly', note: 'at night', enabled: false, nextAt: null })
  await expect(change({ note: 'lost', unchangedSince })).rejects.toMatchObject({ code: 'conflict' })
  expect(await change({ enabled: true, schedule: '', silos: ['first'] })).toMatchObject({
    ...{ schedule: null, nextAt: null, silos: ['first'] },
  })
  await removePlan(scope, { id: plan.id })
  await expect(getPlan(scope, { id: plan.id })).rejects.toMatchObject({ code: 'not_found' })
  expect(await listPlans(scope)).toEqual([])
  const codes = await database.owner()`
    select code from events where tenant_id = ${scope.tenantId} and code like 'PLAN_%' order by seq`
  expect(codes.map(({ code }) => code)).toEqual([
    'PLAN_CREATED',
    'PLAN_UPDATED',
    'PLAN_UPDATED',
    'PLAN_REMOVED',
  ])
})

test('a silo that is quiet for longer than usual is told once', async () => {
  await database.owner()`
    update silos set quiet_at = now() - interval '1 minute' where tenant_id = ${scope.tenantId} and name = 'first'`
  expect(await collect()).toMatchObject({ quiet: 1 })
  expect(await collect()).toMatchObject({ quiet: 0 })
  const told = await database.owner()`
    select message from events where tenant_id = ${scope.tenantId} and code = 'SILO_QUIET'`
  expect(told).toHaveLength(1)
  const bells = await database.owner()`select message from notifications where tenant_id = ${scope.tenantId}`
  expect(bells).toEqual([{ message: 'Silo first has had no new file for longer than usual' }])
})

test('a workspace that gets another clock has its plans come by it', async () => {
  const { id } = await create({ schedule: '30 4 * * *' })
  await setTimeZone(scope, { timeZone: 'Asia/Tokyo' })
  const { nextAt } = await getPlan(scope, { id })
  expect(nextAt?.toISOString()).toMatch(/T19:30:00/)
})
