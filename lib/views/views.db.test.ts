import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { Role } from '@/lib/access/roles'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForMember } from '@/lib/access/scope-for-member'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { newMemberScope, signInAs, signUpSomebody } from '@/lib/auth/testing/people'
import { parseFilter } from '@/lib/trail/filter-url'
import { listEvents } from '@/lib/trail/list'
import { createView } from './create'
import { getView } from './get'
import { createViewSchema, MAX_OWN_VIEWS, setDefaultViewSchema } from './input'
import { listViews } from './list'
import { removeView } from './remove'
import { setDefaultView } from './set-default'
import { updateView } from './update'

const database = useTestDatabase()

let owner: TenantScope
let member: TenantScope

beforeEach(async () => {
  owner = await newMemberScope()
  member = await join('member')
})

async function join(role: Role): Promise<TenantScope> {
  const person = await signUpSomebody()
  await database.owner()`insert into members ${database.owner()({ tenant_id: owner.tenantId, user_id: person.userId, role })}`
  return scopeForMember(await signInAs(person), owner.tenantSlug, person.client)
}

const save = (scope: TenantScope, input: Partial<typeof createViewSchema._input> = {}) =>
  createView(scope, createViewSchema.parse({ name: 'Failures', query: 'status=fail', ...input }))
const setDefault = (scope: TenantScope, input: typeof setDefaultViewSchema._input) =>
  setDefaultView(scope, setDefaultViewSchema.parse(input))
const namesFor = async (scope: TenantScope) => (await listViews(scope)).map(({ name }) => name)

async function ownEvents(code: string) {
  const filter = parseFilter(new URLSearchParams({ code }))
  return (await listEvents(owner, filter)).events
}

test('a view keeps its filter and its table, and nothing of where its reader stood', async () => {
  const query =
    'cursor=abc&view=x&type=!aws&data.request.id=7&from=-24h&limit=200&columns=time&density=compact'
  const { id } = await save(owner, { query })
  expect(await getView(owner, { id })).toMatchObject({
    name: 'Failures',
    query: 'type=%21aws&data.request.id=7&from=-24h&limit=200&columns=time&density=compact',
    isOwn: true,
    isShared: false,
    isDefault: false,
    canChange: true,
  })
})

test.each(['colour=red', 'level=loud', 'ip=nowhere'])(
  'a filter that means nothing (%s) is refused',
  (query) => expect(save(owner, { query })).rejects.toMatchObject({ code: 'invalid' }),
)

test('an own view is seen, opened, changed and removed by its owner alone, whatever the role', async () => {
  const { id } = await save(member)
  expect(await namesFor(member)).toEqual(['Failures'])
  expect(await namesFor(owner)).toEqual([])
  for (const attempt of [
    () => getView(owner, { id }),
    () => updateView(owner, { id, name: 'Mine' }),
    () => removeView(owner, { id }),
    () => setDefault(owner, { id }),
    () => setDefault(owner, { id, whose: 'workspace' }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
})

test('a shared view is open to all, and changed by its owner and who manages the workspace only', async () => {
  const { id } = await save(member, { visibility: 'shared' })
  const auditor = await join('auditor')
  expect(await listViews(auditor)).toMatchObject([{ id, isOwn: false, isShared: true, canChange: false }])
  await expect(updateView(auditor, { id, name: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(removeView(auditor, { id })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await listViews(owner)).toMatchObject([{ id, ownerName: member.principal.name, canChange: true }])
  await updateView(owner, { id, query: 'status=fail&minLevel=error' })
  await updateView(member, { id, name: 'Errors' })
  expect(await getView(auditor, { id })).toMatchObject({
    name: 'Errors',
    query: 'status=fail&minLevel=error',
  })
  await removeView(owner, { id })
  expect(await namesFor(member)).toEqual([])
})

test('own views come first, then shared ones, each by name', async () => {
  await save(member, { name: 'a shared', visibility: 'shared' })
  await save(owner, { name: 'zebra' })
  await save(owner, { name: 'Apple' })
  expect(await namesFor(owner)).toEqual(['Apple', 'zebra', 'a shared'])
})

test('a name is taken once by one person, and the error stands beside the name', async () => {
  await save(owner)
  await save(member)
  const { id } = await save(owner, { name: 'Other' })
  const taken = { code: 'conflict', details: { violations: [{ pointer: '/name' }] } }
  await expect(save(owner)).rejects.toMatchObject(taken)
  await expect(updateView(owner, { id, name: 'Failures' })).rejects.toMatchObject(taken)
})

test('two clicks at once save one view', async () => {
  const outcomes = await Promise.allSettled([save(owner), save(owner), save(owner)])
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'conflict' } },
    { reason: { code: 'conflict' } },
  ])
})

test('nobody keeps more views than the menu can list', async () => {
  const sql = database.owner()
  await sql`insert into saved_views (tenant_id, id, owner_id, name, query)
    select ${owner.tenantId}, gen_random_uuid(), ${owner.principal.id}, 'view ' || n, ''
    from generate_series(1, ${MAX_OWN_VIEWS}) n`
  await expect(save(owner)).rejects.toMatchObject({ code: 'conflict' })
  await expect(save(member)).resolves.toBeDefined()
})

describe('the view that the trail opens with', () => {
  const opened = async (scope: TenantScope) =>
    (await listViews(scope)).find(({ isDefault }) => isDefault)?.name

  test('is chosen by each member for themselves', async () => {
    const { id } = await save(owner, { visibility: 'shared', isDefault: true })
    expect([await opened(owner), await opened(member)]).toEqual(['Failures', undefined])
    const own = await save(member, { name: 'Mine' })
    await setDefault(member, { id })
    expect(await opened(member)).toBe('Failures')
    await setDefault(member, { id: own.id })
    expect(await opened(member)).toBe('Mine')
    await setDefault(member, {})
    expect([await opened(owner), await opened(member)]).toEqual(['Failures', undefined])
  })

  test('of the workspace is one shared view, chosen by who manages it', async () => {
    const hidden = await save(owner, { name: 'Hidden' })
    const first = await save(member, { visibility: 'shared' })
    const second = await save(owner, { name: 'Second', visibility: 'shared' })
    await expect(setDefault(member, { id: first.id, whose: 'workspace' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(setDefault(owner, { id: hidden.id, whose: 'workspace' })).rejects.toMatchObject({
      code: 'invalid',
    })
    const chosen = async () =>
      (await listViews(member)).filter((view) => view.isWorkspaceDefault).map(({ name }) => name)
    await setDefault(owner, { id: first.id, whose: 'workspace' })
    await setDefault(owner, { id: second.id, whose: 'workspace' })
    expect(await chosen()).toEqual(['Second'])
    await setDefault(owner, { whose: 'workspace' })
    expect(await chosen()).toEqual([])
  })

  test('is forgotten by the others when its owner takes it back, and by all when it is removed', async () => {
    const { id } = await save(owner, { visibility: 'shared', isDefault: true })
    await setDefault(member, { id })
    await setDefault(owner, { id, whose: 'workspace' })
    await updateView(owner, { id, visibility: 'own' })
    await updateView(owner, { id, visibility: 'shared' })
    expect([await opened(owner), await opened(member)]).toEqual(['Failures', undefined])
    expect(await listViews(member)).toMatchObject([{ isWorkspaceDefault: false }])
    await removeView(owner, { id })
    expect([await opened(owner), await namesFor(member)]).toEqual([undefined, []])
  })
})

test('every change is an event; what somebody looks for in a view of their own is not told', async () => {
  const { id } = await save(owner, { query: 'actor=suspect', isDefault: true })
  await updateView(owner, { id, visibility: 'shared' })
  await updateView(owner, { id, visibility: 'shared' })
  await setDefault(owner, { id })
  await removeView(owner, { id })
  const [created] = await ownEvents('VIEW_CREATED')
  expect(created).toMatchObject({ type: 'admin', actor: { login: owner.principal.login }, targets: [{ id }] })
  expect(JSON.stringify(created)).not.toContain('suspect')
  expect(await ownEvents('VIEW_UPDATED')).toMatchObject([
    { oldValue: '{"name":"Failures","visibility":"own"}', newValue: expect.stringContaining('suspect') },
  ])
  expect(await ownEvents('VIEW_DEFAULT_SET')).toHaveLength(1)
  expect(await ownEvents('VIEW_REMOVED')).toHaveLength(1)
})

test('programs and tokens keep no views', async () => {
  const program = await scopeForSystem(owner.tenantSlug, 'CLI')
  await expect(save(program)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(listViews(program)).rejects.toMatchObject({ code: 'forbidden' })
})
