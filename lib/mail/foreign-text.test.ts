import { expect, test } from 'vitest'
import { breakLinks } from './foreign-text'

test.each([
  ['see https://evil.example/x now', ['see https:', '//evil', '.example/x now']],
  ['www.evil.example', ['www', '.evil', '.example']],
  ['open (evil.example).', ['open (evil', '.example).']],
  ['bücher.example', ['bücher', '.example']],
  ['jdoe@acme.test/evil.example', ['jdoe@acme', '.test/evil', '.example']],
  ['\\\\server\\share', ['\\', '\\server\\share']],
])('%j breaks where a link would be', (text, pieces) => {
  expect(breakLinks(text)).toEqual(pieces)
  expect(pieces.join('')).toBe(text)
})

test.each(['198.51.100.7', '2001:db8::1', 'jdoe@acme.test', '(jdoe@acme.test),', 'Done. Next', '3.5 MB', ''])(
  '%j stays whole',
  (text) => expect(breakLinks(text)).toEqual([text]),
)

test('takes no time for a long text made for it', () => {
  const texts = [')', ').', ':', '.', '. ', 'a.bb', '@', 'a@', '@).', '\\\\'].map(
    (sign) => `${sign.repeat(10_000)}x`,
  )
  for (const text of texts) {
    const started = performance.now()
    expect(breakLinks(text).join('')).toBe(text)
    expect(performance.now() - started).toBeLessThan(50)
  }
})
