import { expect, test } from 'vitest'
import { type RuleDefinition, ruleDefinitionSchema } from '@/lib/ledger/rules/definition'
import { addComparison, removeComparison, replaceComparison, toDefinition, toDraft } from './rule-draft'

const WHOLE: RuleDefinition = {
  comparisons: [
    { kind: 'finds', attribute: 'login', by: 'sid', parameter: 4, pattern: '(S-.*)' },
    { kind: 'finds', attribute: 'mail', by: 'email', parameter: 1 },
    { kind: 'entity', attribute: 'state', by: 'exact', text: 'open', negate: true },
    { kind: 'event', parameter: 2, by: 'pattern', text: '^THE', negate: false },
  ],
}
const named = { name: 'By SID', note: '', entityType: 'account' as const }

test('a rule is the same after it was opened and saved', () => {
  expect(toDefinition(toDraft({ ...named, definition: WHOLE }))).toEqual(WHOLE)
})

test('a comparison that changes its kind keeps what the other kind had, and saves only its own', () => {
  const draft = toDraft({ ...named, definition: WHOLE })
  const [first] = draft.comparisons
  if (!first) throw new Error('The draft has no comparison.')
  const turned = replaceComparison(draft, 0, { ...first, kind: 'event', text: 'x' })
  expect(toDefinition(turned).comparisons[0]).toEqual({
    kind: 'event',
    parameter: 4,
    by: 'ignoring-case',
    text: 'x',
    negate: false,
  })
  const back = replaceComparison(turned, 0, { ...first, kind: 'finds' })
  expect(toDefinition(back)).toEqual(WHOLE)
})

test('an added comparison is not whole, has a key of its own, and can be taken away', () => {
  const draft = addComparison(toDraft({ ...named, definition: WHOLE }))
  expect(new Set(draft.comparisons.map(({ key }) => key)).size).toBe(5)
  expect(ruleDefinitionSchema.safeParse(toDefinition(draft)).success).toBe(false)
  expect(toDefinition(removeComparison(draft, 4))).toEqual(WHOLE)
})
