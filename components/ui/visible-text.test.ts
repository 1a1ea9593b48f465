import { expect, it } from 'vitest'
import { visibleJson, visibleText } from './visible-text'

it.each([
  ['plain text, Zürich, مرحبا 👩‍💻', 'plain text, Zürich, مرحبا 👩‍💻'],
  ['two\n\tlines', 'two\n\tlines'],
  ['user\u202Etxt.exe', 'user‹U+202E›txt.exe'],
  ['ad\u200Bmin\r', 'ad‹U+200B›min‹U+000D›'],
])('%j is shown as %j', (text, shown) => expect(visibleText(text)).toBe(shown))

it('shows such signs in JSON by its own escapes', () => {
  const value = { a: 'x\u202Ey', b: ['\u0085'] }
  const shown = visibleJson(JSON.stringify(value, null, 2))
  expect(shown).toContain('"x\\u202ey"')
  expect(JSON.parse(shown)).toEqual(value)
})
