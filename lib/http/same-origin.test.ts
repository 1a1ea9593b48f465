import { expect, test } from 'vitest'
import { requireSameOrigin } from './same-origin'

const ask = (headers: Record<string, string>) => () =>
  requireSameOrigin(new Request('http://spoor.example/acme', { method: 'POST', headers }))

test('a page of the instance may ask', () => {
  expect(ask({ 'sec-fetch-site': 'same-origin' })).not.toThrow()
  expect(ask({ host: 'spoor.example', origin: 'http://spoor.example' })).not.toThrow()
  expect(ask({ host: 'behind-a-proxy', origin: 'http://localhost:3000' })).not.toThrow()
})

test.each([
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ 'sec-fetch-site': 'none' }],
  [{ 'sec-fetch-site': 'cross-site', host: 'spoor.example', origin: 'http://spoor.example' }],
  [{ host: 'spoor.example', origin: 'http://evil.example' }],
  [{ host: 'spoor.example', origin: 'null' }],
  [{ host: 'spoor.example' }],
])('anybody else may not: %j', (headers) => {
  expect(ask(headers as Record<string, string>)).toThrow('Only pages of this console')
})
