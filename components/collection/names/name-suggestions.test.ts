import { expect, it } from 'vitest'
import { openBrace, putName, suggestNames } from './name-suggestions'

it('knows the brace that is open before the caret', () => {
  expect(openBrace('WEC-{comp', 9)).toEqual({ from: 5, typed: 'comp' })
  expect(openBrace('{a}-{', 5)).toEqual({ from: 5, typed: '' })
  expect(openBrace('{a}', 3)).toBeUndefined()
  expect(openBrace('{{literal', 9)).toBeUndefined()
  expect(openBrace('{{{name', 7)).toEqual({ from: 3, typed: 'name' })
})

it('puts a name into it, with one closing brace', () => {
  expect(putName('WEC-{comp', 9, 5, 'computer')).toEqual({ text: 'WEC-{computer}', caret: 14 })
  expect(putName('{c} on', 2, 1, 'category')).toEqual({ text: '{category} on', caret: 10 })
})

it('offers names that begin with what was typed before those that contain it', () => {
  const names = ['subjectuser', 'user', 'computer'].map((name) => ({ name }))
  expect(suggestNames(names, 'USER').map(({ name }) => name)).toEqual(['user', 'subjectuser'])
})
