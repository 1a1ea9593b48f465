import { expect, it } from 'vitest'
import { LEVEL_FIELD } from '@/lib/collection/lines/definition'
import { MANDATORY_FIELDS } from '@/lib/collection/target/fields'
import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'
import { NEEDED_FIELDS, TARGET_GROUPS } from './target-groups'

it('shows every field of the log target once, and the level', () => {
  const shown = TARGET_GROUPS.flatMap(({ fields }) => fields.map(({ name }) => name))
  expect(shown.toSorted()).toEqual([LEVEL_FIELD, ...TARGET_FIELDS].toSorted())
})

it('marks those that an event needs', () => {
  expect([...NEEDED_FIELDS]).toEqual([...MANDATORY_FIELDS])
})
