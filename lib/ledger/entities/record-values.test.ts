import { expect, test } from 'vitest'
import { recordValues } from './record-values'

test('a SID or address is found by its plain form, wherever the record has it and however it is written', () => {
  const values = recordValues('%{S-1-5-18}', {
    from: null,
    to: null,
    displayName: 'Walter <Walter@Example.org>',
    attributes: { sid: '%{S-1-5-19}' },
    links: { groups: ['%{S-1-5-32-544}', 'admins'] },
  })
  const foldsOf = (wanted: string) => values.flatMap(([name, fold]) => (name === wanted ? [fold] : []))
  expect(foldsOf('key')).toEqual(['%{s-1-5-18}', 's-1-5-18'])
  expect(foldsOf('display_name')).toEqual(['walter <walter@example.org>', 'walter@example.org'])
  expect(foldsOf('sid')).toEqual(['%{s-1-5-19}', 's-1-5-19'])
  expect(foldsOf('groups')).toEqual(['%{s-1-5-32-544}', 's-1-5-32-544', 'admins'])
})
