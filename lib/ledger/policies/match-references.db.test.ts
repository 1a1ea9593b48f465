import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import type { EntityType } from '@/lib/ledger/entity-types'
import { importLedger } from '@/lib/ledger/imports/import-ledger'
import { readPoliciesInForce } from '@/lib/ledger/matching/policies-in-force'
import { MAX_LISTED } from './look-up'
import { matchReferences } from './match-references'
import {
  account,
  actor,
  BY_LOGIN,
  by,
  DAY_MS,
  match,
  newEntry,
  record,
  target,
  within,
  write,
} from './testing/made-ledger'

useTestDatabase()

let scope: TenantScope
beforeAll(async () => {
  scope = await newMemberScope()
})

test('an account shows the person behind it, and an account of nobody itself', async () => {
  await within(scope, async (tx) => {
    const [wardog, system, person, it] = await write(tx, [
      account('wardog', 'THESHIRE', { links: { repository: ['THESHIRE'], identity: ['WARDOG'] } }),
      account('SYSTEM', 'NT AUTHORITY'),
      {
        type: 'identity',
        key: 'wardog',
        records: [record('Walter Ardog', { links: { organisation: ['it'] } })],
      },
      { type: 'organisation', key: 'it', records: [record('IT Operations')] },
    ])
    const [first, second, third] = await match(
      tx,
      [BY_LOGIN],
      [
        actor({ name: 'WARDOG', parent: 'theshire' }),
        actor({ name: 'system', parent: 'nt authority' }),
        actor({ name: 'wardog' }),
      ],
    )
    expect(first).toEqual([
      {
        validFrom: null,
        validTo: null,
        entityId: wardog?.id,
        candidates: null,
        identityId: person?.id,
        organisationId: it?.id,
        named: null,
        entry: 0,
        ruleId: BY_LOGIN.ruleId,
        ruleVersion: 3,
        shown: {
          id: wardog?.id,
          type: 'account',
          key: 'THESHIRE\\wardog',
          display: 'Walter Ardog',
          identity: { id: person?.id, type: 'identity', key: 'wardog', display: 'Walter Ardog' },
          organisation: { id: it?.id, type: 'organisation', key: 'it', display: 'IT Operations' },
          policy: { id: '00000000-0000-4000-8000-000000000001', version: 7 },
          rule: { id: BY_LOGIN.ruleId, version: 3, name: 'Rule' },
        },
      },
    ])
    expect(second).toMatchObject([{ entityId: system?.id, identityId: null, shown: { display: 'SYSTEM' } }])
    expect(third).toEqual([])
  })
})

test('who it was depends on the day: periods of account, person and organisation are told apart', async () => {
  await within(scope, async (tx) => {
    const links = (identity: string) => ({ repository: ['R'], identity: [identity] })
    const [, ann, bob] = await write(
      tx,
      [
        {
          type: 'account',
          key: 'R\\desk',
          records: [
            record('Desk', { to: 10, attributes: { login: 'desk' }, links: links('ann') }),
            record('Desk', { from: 20, attributes: { login: 'desk' }, links: links('bob') }),
          ],
        },
        {
          type: 'identity',
          key: 'ann',
          records: [
            record('Ann', { to: 5, links: { organisation: ['sales'] } }),
            record('Ann', { from: 5, links: { organisation: ['hr'] } }),
          ],
        },
        { type: 'identity', key: 'bob', records: [record('Bob', { to: 30 })] },
        { type: 'organisation', key: 'sales', records: [record('Sales')] },
        {
          type: 'organisation',
          key: 'hr',
          records: [record('Human Resources', { to: 8 }), record('People', { from: 8 })],
        },
      ].map((one) => ({ ...one, type: one.type as EntityType, records: one.records.flat() })),
    )
    const [segments] = await match(
      tx,
      [{ ...BY_LOGIN, display: '{identity|display_name} ({organisation})' }],
      [actor({ name: 'desk', parent: 'r' })],
    )
    const days = (date: Date | null | undefined) => (date ? date.getTime() / DAY_MS : null)
    expect(
      segments?.map(({ validFrom, validTo, identityId, shown }) => [
        days(validFrom),
        days(validTo),
        identityId,
        shown.display,
      ]),
    ).toEqual([
      [null, 5, ann?.id, 'Ann (Sales)'],
      [5, 8, ann?.id, 'Ann (Human Resources)'],
      [8, 10, ann?.id, 'Ann (People)'],
      [20, 30, bob?.id, 'Bob'],
      [30, null, null, 'Desk'],
    ])
  })
})

test('several at a time are candidates by key and none is taken; one after the other are not', async () => {
  await within(scope, async (tx) => {
    const [b, a] = await write(tx, [
      account('ann', 'B'),
      account('ann', 'A', { to: 3 }),
      ...Array.from({ length: 30 }, (_, i) => account('many', `R${10 + i}`)),
    ])
    const entry = newEntry('actor', 'account', [by('login', 1)])
    const [ann, many] = await match(
      tx,
      [entry],
      [actor({ name: 'Ann', identity: 'x' }), actor({ name: 'many' })],
    )
    expect(ann).toMatchObject([
      {
        entityId: null,
        candidates: [a?.id, b?.id],
        identityId: null,
        shown: { type: 'account', display: 'Ann', candidates: [{ key: 'A\\ann' }, { key: 'B\\ann' }] },
      },
      { validFrom: new Date(3 * DAY_MS), validTo: null, entityId: b?.id, candidates: null },
    ])
    expect(ann?.[0]?.shown.id).toBeUndefined()
    expect(many?.[0]?.candidates).toHaveLength(10)
    expect(many?.[0]?.shown.candidates?.[0]).toMatchObject({ key: 'R10\\many', display: 'many' })
  })
})

test('a login that very many have is found by its repository, and two crowded ones by both together', async () => {
  await within(scope, async (tx) => {
    const crowd = MAX_LISTED * 3
    const written = await write(tx, [
      ...Array.from({ length: crowd }, (_, i) => account('administrator', `PC-${i}`)),
      ...Array.from({ length: crowd }, (_, i) => account(`u${i}`, 'CORP')),
      account('administrator', 'CORP'),
    ])
    const exact = newEntry('actor', 'account', [by('login', 1, 'exact'), by('repository', 2)])
    const found = await match(
      tx,
      [exact, BY_LOGIN],
      [
        actor({ name: 'Administrator', parent: 'pc-7' }),
        actor({ name: 'Administrator', parent: 'corp' }),
        actor({ name: 'administrator', parent: 'corp' }),
      ],
    )
    expect(found.map((segments) => segments.map(({ entityId, entry }) => [entityId, entry]))).toEqual([
      [[written[7]?.id, 1]],
      [[written.at(-1)?.id, 1]],
      [[written.at(-1)?.id, 0]],
    ])
  })
})

test('only the part that a pattern captures is compared', async () => {
  await within(scope, async (tx) => {
    const [ann] = await write(tx, [account('ann', 'R')])
    const entry = newEntry('actor', 'account', [{ ...by('login', 1), pattern: '^([^@]+)@' }])
    const found = await match(tx, [entry], [actor({ name: 'Ann@corp' }), actor({ name: 'ann' })])
    expect(found.map((segments) => segments[0]?.entityId)).toEqual([ann?.id, undefined])
  })
})

test('a target whose type is none of ours takes the type of what is found', async () => {
  await within(scope, async (tx) => {
    const [group] = await write(tx, [
      { type: 'group', key: 'admins', records: [record('Admins', { attributes: { name: 'admins' } })] },
    ])
    const entry = newEntry('undetermined', 'group', [by('name', 1)], '{display_name} as {event.name}')
    const found = await match(
      tx,
      [entry],
      [
        target('folder', { name: 'ADMINS' }),
        target(null, { name: 'admins' }),
        target('group', { name: 'admins' }),
      ],
    )
    expect(
      found.map((segments) => segments.map(({ entityId, shown }) => [entityId, shown.type, shown.display])),
    ).toEqual([[[group?.id, 'group', 'Admins as ADMINS']], [[group?.id, 'group', 'Admins as admins']], []])
  })
})

test('nothing of another workspace is found', async () => {
  const other = await newMemberScope()
  await inTenant(other, (tx) => write(tx, [account('theirs', 'R')]))
  const found = await within(scope, (tx) => match(tx, [BY_LOGIN], [actor({ name: 'theirs', parent: 'R' })]))
  expect(found).toEqual([[]])
  const own = await within(other, (tx) => match(tx, [BY_LOGIN], [actor({ name: 'theirs', parent: 'R' })]))
  expect(own).toHaveLength(1)
})

test('the default policy knows the people of the real ledger by login, SID and address, in every way of writing', async () => {
  const real = await newMemberScope()
  for (const type of ['organisation', 'identity', 'account', 'group'] as const) {
    const file = {
      organisation: 'organisations',
      identity: 'identities',
      account: 'accounts',
      group: 'groups',
    }[type]
    await importLedger(real, { type, mode: 'full', content: readFileSync(`e2e/data/ledger/${file}.csv`) })
  }
  const found = await within(real, async (tx) => {
    const policy = (await readPoliciesInForce(tx, real.tenantId))('silo:windows')
    if (!policy) throw new Error('a workspace with a ledger has no default policy')
    return matchReferences(tx, real.tenantId, policy, [
      actor({ name: 'wardog', parent: 'THESHIRE' }),
      actor({ name: 'PGUSTAVO', parent: 'theshire' }),
      actor({ name: 'S-1-5-21-4020993649-1037605423-417876593-1104' }),
      actor({ name: '%{s-1-5-21-4020993649-1037605423-417876593-500}' }),
      actor({ name: 'x', refId: 'S-1-5-18' }),
      actor({ name: 'Pedro.Gustavo@theshire.example' }),
      actor({ identity: 'Nina <nina.martha@theshire.example>' }),
      target('group', { name: 'Administrators', parent: 'Builtin' }),
      target('account', { name: 'nmartha', parent: 'THESHIRE' }),
      target('organisation', { name: 'SALES' }),
      target('computer', { name: 'Domain Admins', parent: 'THESHIRE' }),
      actor({ name: 'wardog', parent: 'WORKSTATION5' }),
      actor({ name: 'SYSTEM' }),
    ])
  })
  expect(
    found.map((segments) => segments.map(({ shown }) => `${shown.type} ${shown.key}: ${shown.display}`)),
  ).toEqual([
    ['account THESHIRE\\wardog: Walter Ardog'],
    ['account THESHIRE\\pgustavo: Pedro Gustavo'],
    ['account THESHIRE\\pgustavo: Pedro Gustavo'],
    ['account THESHIRE\\wardog: Walter Ardog'],
    ['account NT AUTHORITY\\SYSTEM: System (built in)'],
    ['identity pgustavo: Pedro Gustavo'],
    ['identity nmartha: Nina Martha'],
    ['group Builtin\\Administrators: Local administrators'],
    ['account THESHIRE\\nmartha: Nina Martha'],
    ['organisation sales: Sales'],
    ['group THESHIRE\\Domain Admins: Domain administrators'],
    [],
    [],
  ])
})
