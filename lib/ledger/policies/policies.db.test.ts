import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { checkRule } from '@/lib/ledger/rules/check'
import { createRule } from '@/lib/ledger/rules/create'
import { getRule } from '@/lib/ledger/rules/get'
import { createRuleSchema } from '@/lib/ledger/rules/input'
import { listRules } from '@/lib/ledger/rules/list'
import { listRuleVersions } from '@/lib/ledger/rules/list-versions'
import { removeRule } from '@/lib/ledger/rules/remove'
import { updateRule } from '@/lib/ledger/rules/update'
import { createToken } from '@/lib/tokens/create'
import { parseFilter } from '@/lib/trail/filter-url'
import { listEvents } from '@/lib/trail/list'
import { checkPolicy } from './check'
import { createPolicy } from './create'
import { getPolicy } from './get'
import { listPolicies } from './list'
import { listSources } from './list-sources'
import { listPolicyVersions } from './list-versions'
import { makeDefault } from './make-default'
import { removePolicy } from './remove'
import { setSource } from './set-source'
import { updatePolicy } from './update'

const database = useTestDatabase()

let scope: TenantScope
beforeEach(async () => {
  scope = await newMemberScope()
})

const finds = (attribute: string, more: object = {}) => ({
  comparisons: [{ kind: 'finds', attribute, by: 'ignoring-case', parameter: 1, ...more }],
})
const newRule = (name = 'By HR code', definition: object = finds('hr_code')) =>
  createRule(scope, createRuleSchema.parse({ name, entityType: 'identity', definition }))
const definitionOf = (definition: object) =>
  createRuleSchema.parse({ name: 'x', entityType: 'identity', definition }).definition
const entryOf = (ruleId: string, display = '{display_name}') => ({
  logEntity: 'actor' as const,
  ruleId,
  display,
})
const newPolicy = (ruleId: string, name = 'HR') =>
  createPolicy(scope, { name, note: '', entries: [entryOf(ruleId)] })
const useLedger = () => inTenant(scope, (tx) => askToRematch(tx, scope.tenantId, 'test'))
const wanted = async () =>
  (await database.owner()`select wanted::int from matching_state where tenant_id = ${scope.tenantId}`)[0]
    ?.wanted
const ownEvents = async (code: string) =>
  (await listEvents(scope, parseFilter(new URLSearchParams({ code })))).events

test('who begins with the ledger has a default policy of rules in plain words, once, however many begin at a time', async () => {
  await Promise.all([useLedger(), newRule(), useLedger()])
  const policies = await listPolicies(scope)
  expect(policies).toMatchObject([{ name: 'Default', isDefault: true, version: 1, sources: [] }])
  const { entries } = await getPolicy(scope, { id: policies[0]?.id ?? '' })
  expect(entries.slice(0, 2)).toMatchObject([
    {
      logEntity: 'actor',
      display: '{identity|display_name}',
      rule: { name: 'Account by login and repository' },
    },
    { logEntity: 'actor', rule: { name: 'Account by SID as its name' } },
  ])
  expect(await checkPolicy(scope, { entries: entries.map(({ rule: _, ...entry }) => entry) })).toEqual([])
  for (const { id, entityType } of await listRules(scope)) {
    const { definition } = await getRule(scope, { id })
    expect(
      (await checkRule(scope, { entityType, definition })).filter(({ isWarning }) => !isWarning),
    ).toEqual([])
  }
})

test('a definition that differs is a new version of the rule and of each policy that has it; each change is an event', async () => {
  const { id } = await newRule()
  const policy = await newPolicy(id)
  expect(await updateRule(scope, { id, definition: definitionOf(finds('HR Code')) })).toMatchObject({
    isNew: false,
  })
  expect(await updateRule(scope, { id, name: 'By code', note: 'HR' })).toEqual({
    id,
    version: 1,
    isNew: false,
  })
  expect(await updateRule(scope, { id, definition: definitionOf(finds('code')) })).toEqual({
    id,
    version: 2,
    isNew: true,
  })
  expect(await getRule(scope, { id })).toMatchObject({
    name: 'By code',
    policies: [{ id: policy.id, name: 'HR' }],
    definition: finds('code'),
  })
  expect((await getRule(scope, { id, version: 1 })).definition).toEqual(definitionOf(finds('hr_code')))
  expect((await listRuleVersions(scope, { id })).map(({ version }) => version)).toEqual([2, 1])
  expect(await getPolicy(scope, { id: policy.id })).toMatchObject({
    version: 2,
    entries: [{ ruleId: id, rule: { name: 'By code', version: 2 } }],
  })
  expect(await getPolicy(scope, { id: policy.id, version: 1 })).toMatchObject({
    entries: [{ rule: { version: 1 } }],
  })
  expect((await listPolicyVersions(scope, { id: policy.id })).map(({ version }) => version)).toEqual([2, 1])
  expect(await ownEvents('MATCHING_RULE_UPDATED')).toHaveLength(2)
  expect(await ownEvents('MATCHING_POLICY_UPDATED')).toMatchObject([
    {
      targets: [{ type: 'policy', name: 'HR', id: policy.id }],
      newValue: expect.stringContaining('version 2'),
    },
  ])
  await expect(removeRule(scope, { id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('the policy HR'),
  })
  await removePolicy(scope, { id: policy.id })
  await removeRule(scope, { id })
  await expect(getRule(scope, { id })).rejects.toMatchObject({ code: 'not_found' })
  expect(await ownEvents('MATCHING_RULE_REMOVED')).toHaveLength(1)
})

test('names are matched again when what is in force changes, and only then', async () => {
  await useLedger()
  const { id } = await newRule()
  const policy = await newPolicy(id)
  const token = `token:${(await createToken(scope, { name: 'ci', scopes: ['events:write'] })).id}`
  const before = await wanted()
  await updateRule(scope, { id, definition: definitionOf(finds('a')) })
  await updatePolicy(scope, { id: policy.id, entries: [entryOf(id, '{key}')] })
  expect(await wanted()).toBe(before)
  await setSource(scope, { origin: token, policy: policy.id })
  await setSource(scope, { origin: token, policy: policy.id })
  expect(await wanted()).toBe(before + 1)
  await updateRule(scope, { id, definition: definitionOf(finds('b')) })
  await updatePolicy(scope, { id: policy.id, entries: [entryOf(id, '{display_name}')] })
  expect(await wanted()).toBe(before + 3)
  await setSource(scope, { origin: token, policy: 'none' })
  await setSource(scope, { origin: token, policy: 'default' })
  await setSource(scope, { origin: token, policy: 'default' })
  expect(await wanted()).toBe(before + 5)
  await makeDefault(scope, { id: policy.id })
  await makeDefault(scope, { id: policy.id })
  expect(await wanted()).toBe(before + 6)
  expect((await listPolicies(scope)).map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['HR', true],
    ['Default', false],
  ])
  await expect(removePolicy(scope, { id: policy.id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is the default'),
  })
  expect(await ownEvents('MATCHING_SOURCE_SET')).toHaveLength(3)
})

test('what is wrong is said at its place, and not saved', async () => {
  await useLedger()
  await expect(newRule('x', finds('a', { pattern: '(' }))).rejects.toMatchObject({
    code: 'invalid',
    details: { violations: [{ pointer: '/definition/comparisons/0/pattern' }] },
  })
  const { id } = await newRule()
  await expect(newRule()).rejects.toMatchObject({
    code: 'conflict',
    details: { violations: [{ pointer: '/name' }] },
  })
  await expect(
    createPolicy(scope, {
      name: 'HR',
      note: '',
      entries: [
        entryOf(id, '{display_name'),
        { ...entryOf(id), logEntity: 'group' },
        entryOf(scope.tenantId),
      ],
    }),
  ).rejects.toMatchObject({
    code: 'invalid',
    details: {
      violations: [
        { pointer: '/entries/0/display' },
        { pointer: '/entries/1/ruleId', detail: expect.stringContaining('finds identities') },
        { pointer: '/entries/2/ruleId' },
      ],
    },
  })
  expect(await checkPolicy(scope, { entries: [entryOf(id, '{display_nme}'), entryOf(id)] })).toEqual([
    { path: ['entries', 0, 'display'], message: expect.stringContaining('{display_name}'), isWarning: true },
    { path: ['entries', 1, 'ruleId'], message: expect.stringContaining('already'), isWarning: true },
  ])
})

test('of two who edit the same, the second is told; names are free again when their owner is gone', async () => {
  const { id } = await newRule()
  const policy = await newPolicy(id)
  const unchangedSince = (await getRule(scope, { id })).updatedAt.toISOString()
  await updateRule(scope, { id, note: 'first', unchangedSince })
  await expect(updateRule(scope, { id, note: 'second', unchangedSince })).rejects.toMatchObject({
    code: 'conflict',
  })
  const seen = (await getPolicy(scope, { id: policy.id })).updatedAt.toISOString()
  await updatePolicy(scope, { id: policy.id, note: 'first', unchangedSince: seen })
  await expect(
    updatePolicy(scope, { id: policy.id, note: 'second', unchangedSince: seen }),
  ).rejects.toMatchObject({ code: 'conflict' })
  const other = await newPolicy(id, 'Other')
  await expect(updatePolicy(scope, { id: other.id, name: 'HR' })).rejects.toMatchObject({ code: 'conflict' })
  await removePolicy(scope, { id: policy.id })
  await updatePolicy(scope, { id: other.id, name: 'HR' })
})

test('a rule and the policies that have it are changed by many at a time without anybody waiting for ever', async () => {
  await useLedger()
  const { id } = await newRule()
  const some = await Promise.all(['A', 'B'].map((name) => newPolicy(id, name)))
  const done = await Promise.allSettled(
    Array.from({ length: 24 }, (_, i) => {
      const policy = some[i % 2]?.id ?? ''
      if (i % 4 === 0) return updateRule(scope, { id, definition: definitionOf(finds(`a${i}`)) })
      if (i % 4 === 1) return updatePolicy(scope, { id: policy, entries: [entryOf(id, `{key} ${i}`)] })
      if (i % 4 === 2) return makeDefault(scope, { id: policy })
      return setSource(scope, { origin: 'console', policy })
    }),
  )
  expect(done.filter(({ status }) => status === 'rejected')).toEqual([])
  const { version } = await getRule(scope, { id })
  for (const { id: policyId } of some)
    expect((await getPolicy(scope, { id: policyId })).entries[0]?.rule.version).toBe(version)
  expect((await listPolicies(scope)).filter(({ isDefault }) => isDefault)).toHaveLength(1)
})

test('sources are silos, tokens and Spoor itself, with what became of their names', async () => {
  await useLedger()
  const { id } = await createToken(scope, { name: 'ci', scopes: ['events:write'] })
  await createToken(scope, { name: 'reader', scopes: ['events:read'] })
  await database.owner()`
    insert into ledger_references (tenant_id, id, digest, origin, role, name, events, last_seq, state)
    select ${scope.tenantId}, n, decode(md5(n::text), 'hex'), 'silo:gone', 'actor', 'x', n, 0,
      case when n < 3 then 'matched' else 'unmatched' end from generate_series(1, 4) n`
  await setSource(scope, { origin: 'silo:gone', policy: 'none' })
  expect(await listSources(scope)).toMatchObject([
    {
      origin: 'silo:gone',
      label: 'gone',
      policy: null,
      isOwn: true,
      references: { matched: 2, ambiguous: 0, unmatched: 2, off: 0 },
      events: 10,
    },
    { origin: `token:${id}`, label: 'ci', policy: { name: 'Default' }, isOwn: false, events: 0 },
    { origin: 'console' },
    { origin: 'system' },
  ])
  await expect(setSource(scope, { origin: 'silo:none', policy: 'none' })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('nobody reads or changes what another workspace has', async () => {
  const { id } = await newRule()
  const policy = await newPolicy(id)
  const other = await newMemberScope()
  for (const attempt of [
    () => getRule(other, { id }),
    () => listRuleVersions(other, { id }),
    () => updateRule(other, { id, definition: definitionOf(finds('a')) }),
    () => removeRule(other, { id }),
    () => getPolicy(other, { id: policy.id }),
    () => listPolicyVersions(other, { id: policy.id }),
    () => updatePolicy(other, { id: policy.id, name: 'mine' }),
    () => makeDefault(other, { id: policy.id }),
    () => removePolicy(other, { id: policy.id }),
    () => setSource(other, { origin: 'console', policy: policy.id }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  expect([await listRules(other), await listPolicies(other)]).toEqual([[], []])
})
