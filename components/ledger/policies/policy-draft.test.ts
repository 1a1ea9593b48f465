import { expect, test } from 'vitest'
import { addEntry, moveEntry, rulesFor, toDraft, toEntries, withLogEntity } from './policy-draft'

const RULES = [
  { id: 'a', name: 'Accounts', entityType: 'account' },
  { id: 'g', name: 'Groups', entityType: 'group' },
] as const
const DRAFT = toDraft({
  name: 'Windows',
  note: '',
  entries: [
    { logEntity: 'actor', ruleId: 'a', display: '{identity|display_name}' },
    { logEntity: 'group', ruleId: 'g', display: '{display_name} of {repository}' },
  ],
})

test('a target of a type takes rules of that type, whoever acts and what has no type take any', () => {
  expect(rulesFor('group', RULES).map(({ id }) => id)).toEqual(['g'])
  expect(rulesFor('actor', RULES)).toHaveLength(2)
  expect(rulesFor('undetermined', RULES)).toHaveLength(2)
})

test('an entry for something else loses a rule that does not fit, and keeps a display of its own', () => {
  const [actor, group] = DRAFT.entries
  if (!actor || !group) throw new Error('The draft has two entries.')
  expect(withLogEntity(actor, 'group', RULES)).toMatchObject({ ruleId: '', display: '{display_name}' })
  expect(withLogEntity(group, 'undetermined', RULES)).toMatchObject({
    ruleId: 'g',
    display: '{display_name} of {repository}',
  })
})

test('entries keep their keys when they are moved, and an added one is last', () => {
  const moved = moveEntry(addEntry(DRAFT), 1, -1)
  expect(moved.entries.map(({ key }) => key)).toEqual([1, 0, 2])
  expect(toEntries(moved)[0]).toEqual({
    logEntity: 'group',
    ruleId: 'g',
    display: '{display_name} of {repository}',
  })
  expect(moveEntry(DRAFT, 0, -1).entries).toEqual(DRAFT.entries)
})
