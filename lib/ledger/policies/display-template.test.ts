import { expect, test } from 'vitest'
import { parseDisplay, renderDisplay } from './display-template'

const show = (template: string, values: Record<string, string> = {}) =>
  renderDisplay(parseDisplay(template), (name) => values[name] ?? '')

const ANN = { display_name: 'Ann Lee', organisation: 'Sales', login: 'ann' }

test('a template shows values, and the first of several that is not blank', () => {
  expect(show('{display_name} ({organisation})', ANN)).toBe('Ann Lee (Sales)')
  expect(show('{identity|display_name}', ANN)).toBe('Ann Lee')
  expect(show('{identity|display_name}', { ...ANN, identity: 'Ann' })).toBe('Ann')
  expect(show('User { Login }', ANN)).toBe('User ann')
})

test.each([
  ['{display_name} ({x})', 'Ann Lee'],
  ['({x}) {display_name}', 'Ann Lee'],
  ['{x} - {display_name} - {x}', 'Ann Lee'],
  ['{display_name} · {x} · {login}', 'Ann Lee · ann'],
  ['{display_name} ({x}) - {login}', 'Ann Lee - ann'],
  ['{display_name}, {x}, {x}, {login}', 'Ann Lee, ann'],
  ['{x}\\{login}', 'ann'],
  ['{display_name} [{x}{x}]', 'Ann Lee'],
  ['{x}', ''],
  ['User {x}', ''],
])('%s without what is blank is %j', (template, shown) => {
  expect(show(template, ANN)).toBe(shown)
})

test('what looks like a separator within a value stays', () => {
  expect(show('{a} ({b})', { a: '- () ,, -', b: '{c} ()' })).toBe('- () ,, - ({c} ())')
})

test('a name that is shown has at most 500 letters', () => {
  expect(show('{a}{b}', { a: 'x'.repeat(499), b: '😀' })).toHaveLength(500)
})

test.each([
  ['{a', 'not closed'],
  ['a}', 'not opened'],
  ['{}', 'lacks a name'],
  ['{a|}', 'lacks a name'],
  ['{a{b}}', 'within another'],
  ['Ann', 'the same for everybody'],
])('%s is refused: %s', (template, words) => {
  expect(() => parseDisplay(template)).toThrow(words)
})
