import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import type { Comparison } from '@/lib/ledger/rules/definition'
import { actor, at, match, newEntry, target, within, write } from './testing/made-ledger'
import { matchNaively } from './testing/naive-match'

useTestDatabase()

let scope: TenantScope
beforeAll(async () => {
  scope = await newMemberScope()
})

describe('every way of comparing agrees with looking at each record', () => {
  const LONG = 'a'.repeat(300)
  const value = fc.constantFrom(
    ...[
      'a',
      'A',
      'ab',
      'Ä',
      'a\u0308b',
      'b',
      '%',
      '_',
      'a%',
      'S-1-5-18',
      '%{s-1-5-18}',
      'S-1-5-19',
      '"\\',
      '😀a',
    ],
    ...['a@x.de', 'A <A@X.de>', 'b@x.de', LONG, `${LONG}x`, `${'a'.repeat(255)}😀`, 'null', '{a,b}'],
  )
  const said = fc.oneof(
    value,
    fc.constantFrom(
      null,
      '',
      ' ',
      'a\0',
      '\ud83d',
      'constructor',
      'a'.repeat(1024),
      `${'a'.repeat(255)}\ud83d`,
    ),
  )
  const attribute = fc.constantFrom(
    'login',
    'sid',
    'key',
    'display_name',
    'repository',
    'groups',
    'constructor',
  )
  const comparison: fc.Arbitrary<Comparison> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('finds' as const),
        attribute,
        by: fc.constantFrom(
          ...([
            'exact',
            'ignoring-case',
            'ignoring-case',
            'sid',
            'email',
            'attribute-begins',
            'parameter-begins',
          ] as const),
        ),
        parameter: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('entity' as const),
        attribute,
        by: fc.constantFrom('exact' as const, 'ignoring-case' as const),
        text: value,
        negate: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('event' as const),
        parameter: fc.constantFrom(1 as const, 2 as const),
        by: fc.constantFrom(
          'exact' as const,
          'ignoring-case' as const,
          'begins' as const,
          'pattern' as const,
        ),
        text: fc.constantFrom('a', 'A', 'S-1', 'x'),
        negate: fc.boolean(),
      }),
    },
  )
  const LOG_ENTITIES = ['actor', 'account', 'group', 'undetermined'] as const
  const entry = fc.record({
    logEntity: fc.constantFrom(...LOG_ENTITIES),
    entityType: fc.constantFrom('account' as const, 'group' as const),
    comparisons: fc
      .array(comparison, { minLength: 1, maxLength: 3 })
      .filter((some) => some.some(({ kind }) => kind === 'finds')),
  })
  /** Records of one entity, one after the other, with and without gaps. */
  const records = fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }),
      fc.boolean(),
      fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    )
    .chain(([days, isOpen, kept]) => {
      const bounds = [isOpen ? null : -1, ...days.sort((a, b) => a - b), isOpen ? null : 9]
      const periods = bounds.slice(1).map((to, i) => ({ from: bounds[i] as number | null, to }))
      const some = periods.filter((_, i) => i === 0 || kept[i])
      return fc.tuple(
        ...some.map((period) =>
          fc.record({
            from: fc.constant(period.from),
            to: fc.constant(period.to),
            displayName: value,
            attributes: fc.dictionary(fc.constantFrom('login', 'sid'), value),
            links: fc.dictionary(
              fc.constantFrom('repository', 'groups'),
              fc.array(value, { minLength: 1, maxLength: 2 }),
            ),
          }),
        ),
      )
    })
  const ledger = fc.uniqueArray(
    fc.record({ type: fc.constantFrom('account' as const, 'group' as const), key: value, records }),
    {
      maxLength: 12,
      selector: ({ type, key }) => `${type} ${key.normalize('NFC').toLowerCase().slice(0, 250)}`,
    },
  )
  const reference = fc.record({
    logEntity: fc.constantFrom(...LOG_ENTITIES),
    name: said,
    parent: said,
    identity: said,
    refId: said,
  })

  test('at every time, with first match wins, ambiguity and validity', async () => {
    await fc.assert(
      fc.asyncProperty(
        ledger,
        fc.array(entry, { minLength: 1, maxLength: 5 }),
        fc.array(reference, { minLength: 1, maxLength: 30 }),
        (made, tried, names) =>
          within(scope, async (tx) => {
            const written = await write(tx, made)
            const entries = tried.map(({ logEntity, entityType, comparisons }) =>
              newEntry(logEntity, entityType, comparisons),
            )
            const references = names.map(({ logEntity, ...saying }) =>
              logEntity === 'actor'
                ? actor(saying)
                : target(logEntity === 'undetermined' ? 'token' : logEntity, saying),
            )
            const found = await match(tx, entries, references)
            for (const [i, one] of references.entries())
              for (const day of [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 10]) {
                const naive = matchNaively({ entries }, written, one, names[i]?.logEntity ?? '', day)
                const segment = at(found[i], day)
                const ids = segment && (segment.candidates ?? [segment.entityId as string])
                const told = ids && segment && { entry: segment.entry, ids: [...ids].sort() }
                expect(told).toEqual(naive && { ...naive, ids: naive.ids.slice(0, 10) })
              }
          }),
      ),
      { numRuns: 60 },
    )
  })
})
