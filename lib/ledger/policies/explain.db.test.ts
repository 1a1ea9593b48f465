import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { saveEntity } from '@/lib/ledger/entities/save'
import { importLedger } from '@/lib/ledger/imports/import-ledger'
import { explainMatch } from './explain'
import { explainMatchSchema } from './input'

useTestDatabase()

let scope: TenantScope
beforeAll(async () => {
  scope = await newMemberScope()
  for (const [type, file] of [
    ['organisation', 'organisations'],
    ['identity', 'identities'],
    ['account', 'accounts'],
    ['group', 'groups'],
  ] as const)
    await importLedger(scope, { type, mode: 'full', content: readFileSync(`e2e/data/ledger/${file}.csv`) })
})

const explain = (input: object) => explainMatch(scope, explainMatchSchema.parse(input))
const finds = (attribute: string, parameter: number, by = 'ignoring-case') => ({
  kind: 'finds',
  attribute,
  by,
  parameter,
})
const rule = (...comparisons: object[]) => ({ rule: { entityType: 'account', definition: { comparisons } } })

test('the whole way through a policy is told: what was tried, what each comparison found, and what was not tried', async () => {
  const { entries, result } = await explain({ name: 'S-1-5-21-4020993649-1037605423-417876593-500' })
  expect(result).toMatchObject({
    key: 'THESHIRE\\wardog',
    display: 'Walter Ardog',
    rule: { name: 'Account by SID as its name' },
  })
  expect(
    entries.map(({ place, isTried, found, says }) => ({ place, isTried, found: found.length, says })),
  ).toEqual([
    { place: 0, isTried: true, found: 0, says: 'The event has no repository (#2).' },
    { place: 1, isTried: true, found: 1, says: 'Finds the account “THESHIRE\\wardog”.' },
    ...[2, 3, 4].map((place) => ({
      place,
      isTried: false,
      found: 0,
      says: 'Not tried: an entry before it has found something.',
    })),
  ])
  expect(entries[1]?.comparisons).toEqual([
    {
      text: 'sid is the SID the event’s login (#1) “S-1-5-21-4020993649-1037605423-417876593-500”',
      holds: 1,
      left: 1,
    },
  ])
})

test('what finds nothing says which comparison it is, and how many fit the others', async () => {
  const { entries, result } = await explain({ name: 'pgustavo', parent: 'NT AUTHORITY' })
  expect(result).toBeNull()
  expect(entries[0]).toMatchObject({
    comparisons: [
      { holds: 1, left: 1 },
      { holds: 2, left: 0 },
    ],
    says: 'One account fits what stands before, but not: repository is the event’s repository (#2) “NT AUTHORITY”.',
  })
  expect(entries.map(({ says }) => says).slice(1)).toEqual([
    'The login (#1) “pgustavo” is no SID.',
    'The event has no id (#4).',
    'The login (#1) “pgustavo” is no e-mail address.',
    'The event has no identity (#3).',
  ])
  const nobody = await explain({ name: 'nobody', parent: 'THESHIRE' })
  expect(nobody.entries[0]?.says).toBe('No account fits: login is the event’s login (#1) “nobody”.')
})

test('a rule that is not saved is tried by itself; several are ambiguous; what it is not for is said', async () => {
  const several = await explain({ ...rule(finds('repository', 2)), parent: 'theshire' })
  expect(several).toMatchObject({
    entries: [
      {
        found: [{ key: 'THESHIRE\\nmartha' }, {}, {}],
        says: expect.stringContaining('Finds 3 accounts: ambiguous'),
      },
    ],
    result: { candidates: [{}, {}, {}] },
  })
  expect(several.entries[0]?.rule).toEqual({ name: 'This rule', entityType: 'account' })
  const narrowed = await explain({
    ...rule(
      finds('repository', 2),
      { kind: 'entity', attribute: 'identity', by: 'exact', text: 'wardog', negate: true },
      { kind: 'entity', attribute: 'login', by: 'exact', text: 'pgustavo' },
    ),
    parent: 'theshire',
  })
  expect(narrowed).toMatchObject({
    entries: [
      {
        comparisons: [
          { holds: 3, left: 3 },
          { holds: 2, left: 2 },
          { holds: 1, left: 1 },
        ],
      },
    ],
    result: { display: 'Pedro Gustavo' },
  })
  const notFor = await explain({
    ...rule(finds('login', 1), { kind: 'event', parameter: 2, by: 'begins', text: 'CORP' }),
    name: 'wardog',
    parent: 'THESHIRE',
  })
  expect(notFor.entries[0]?.says).toMatch(/^Not for this name: .* begins with “CORP” does not hold\.$/)
  await expect(explain({ ...rule({ ...finds('login', 1), pattern: '(' }), name: 'x' })).rejects.toMatchObject(
    {
      code: 'invalid',
    },
  )
})

test('it is asked for a day, and says where a record holds on others only', async () => {
  await saveEntity(scope, {
    type: 'account',
    key: 'OLD\\x',
    attributes: { login: 'x' },
    links: { repository: 'OLD' },
    validTo: '2020-01-01',
  })
  const asked = { name: 'x', parent: 'old' }
  expect(await explain({ ...asked, at: '2019-12-31T23:59:59.999Z' })).toMatchObject({
    result: { key: 'OLD\\x' },
  })
  const now = await explain(asked)
  expect(now).toMatchObject({ result: null })
  expect(now.entries[0]?.says).toContain('does not hold at that time')
})

test('without a ledger, and for a policy of another workspace, it says so', async () => {
  const other = await newMemberScope()
  await expect(explainMatch(other, explainMatchSchema.parse({ name: 'x' }))).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('no policy yet'),
  })
  const { result } = await explain({ name: 'wardog', parent: 'THESHIRE' })
  await expect(
    explainMatch(other, explainMatchSchema.parse({ name: 'x', policyId: result?.policy.id })),
  ).rejects.toMatchObject({ code: 'not_found' })
})
