import { expect, test } from 'vitest'
import { inputOf, newDraft, toDraft, withNextRecord, withType } from './entity-draft'

test('what a name of the work list says fills the form, and blank fields are not saved', () => {
  const draft = newDraft('account', { login: 'wardog', repository: 'THESHIRE', display_name: 'wardog' })
  expect(draft.records[0]?.attributes.map(({ name, value }) => [name, value])).toEqual([
    ['login', 'wardog'],
    ['sid', ''],
    ['email', ''],
  ])
  expect(inputOf(draft)).toEqual({
    type: 'account',
    records: [
      {
        displayName: 'wardog',
        attributes: { login: 'wardog' },
        links: { repository: ['THESHIRE'] },
        validFrom: null,
        validTo: null,
      },
    ],
  })
})

test('another type keeps what was filled in', () => {
  const group = withType(
    newDraft('account', { login: 'admins', repository: 'Builtin', identity: 'x' }),
    'group',
  )
  expect(inputOf(group)).toMatchObject({
    type: 'group',
    records: [{ attributes: { login: 'admins' }, links: { repository: ['Builtin'] } }],
  })
})

test('what is known of an entity comes back as it was, and a period more takes over from the last', () => {
  const draft = toDraft({
    type: 'identity',
    key: 'pgustavo',
    records: [
      {
        validFrom: null,
        validTo: null,
        displayName: 'Pedro Gustavo',
        attributes: { hr_code: 'HR-0002' },
        links: [{ name: 'organisation', to: 'organisation', key: 'sales', entity: null }],
      },
    ],
  })
  const moved = '2026-03-01T00:00:00.000Z'
  const record = {
    displayName: 'Pedro Gustavo',
    attributes: { hr_code: 'HR-0002' },
    links: { organisation: ['sales'] },
  }
  expect(inputOf(withNextRecord(draft, moved))).toEqual({
    type: 'identity',
    key: 'pgustavo',
    records: [
      { ...record, validFrom: null, validTo: moved },
      { ...record, validFrom: moved, validTo: null },
    ],
  })
})
