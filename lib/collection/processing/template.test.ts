import { expect, test } from 'vitest'
import { namesIn, parseTemplate, staticText } from './template'

const partsOf = (template: string) => {
  const parsed = parseTemplate(template)
  return 'parts' in parsed ? parsed.parts : parsed.problem
}

test('texts and names are told apart, in their order', () => {
  expect(partsOf('{message} {file} to {param.New File}')).toEqual([
    { name: 'message' },
    { text: ' ' },
    { name: 'file' },
    { text: ' to ' },
    { name: 'param.New File' },
  ])
  expect(partsOf('')).toEqual([])
  expect(partsOf('File Access')).toEqual([{ text: 'File Access' }])
})

test('a doubled brace is a brace', () => {
  expect(partsOf('{{}}')).toEqual([{ text: '{}' }])
  expect(partsOf('{{"id":"{id}"}}')).toEqual([{ text: '{"id":"' }, { name: 'id' }, { text: '"}' }])
  expect(partsOf('{{{id}}}')).toEqual([{ text: '{' }, { name: 'id' }, { text: '}' }])
})

test.each([
  ['{message', 'opened at character 1 '],
  ['x {a} {b', 'opened at character 7 '],
  ['a}', 'closed at character 2 '],
  ['{a{b}', 'opened at character 1 '],
  ['x{}', 'no name between the braces at character 2'],
  ['{ }', 'no name between the braces at character 1'],
])('%j is told with its place', (template, place) => {
  expect(partsOf(template)).toContain(place)
})

test('a text without names is static, also one that is blank', () => {
  const staticOf = (template: string) => {
    const parts = partsOf(template)
    return typeof parts === 'string' ? parts : staticText(parts)
  }
  expect(staticOf('')).toBe('')
  expect(staticOf('securityadmin')).toBe('securityadmin')
  expect(staticOf('{{x}}')).toBe('{x}')
  expect(staticOf('{x}')).toBeUndefined()
  expect(staticOf('a{x}')).toBeUndefined()
})

test('names are found wherever they stand', () => {
  expect(namesIn([{ text: 'x' }, { name: 'a' }, { name: 'b' }])).toEqual(['a', 'b'])
})
