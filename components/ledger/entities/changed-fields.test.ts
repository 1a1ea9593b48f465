import { expect, test } from 'vitest'
import type { LinkView, RecordView } from '@/lib/ledger/entities/entity-view'
import { fieldsThatChanged } from './changed-fields'

const link = (name: LinkView['name'], key: string): LinkView => ({ name, to: 'group', key, entity: null })
const record = (part: Partial<RecordView>): RecordView => ({
  validFrom: null,
  validTo: null,
  displayName: 'Pedro Gustavo',
  attributes: {},
  links: [],
  ...part,
})

test('what is new, gone or another is named, and nothing else', () => {
  const before = record({ attributes: { email: 'p@old.example', floor: '3' }, links: [link('groups', 'a')] })
  const after = record({
    attributes: { email: 'p@new.example' },
    links: [link('groups', 'a'), link('groups', 'b')],
  })
  expect(fieldsThatChanged(before, after)).toEqual([
    { name: 'member of', before: 'a', after: 'a, b' },
    { name: 'email', before: 'p@old.example', after: 'p@new.example' },
    { name: 'floor', before: '3', after: '' },
  ])
})
