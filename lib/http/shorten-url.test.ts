import { expect, test } from 'vitest'
import { hashUrlRest, shortenUrl } from './shorten-url'

test.each([
  ['https://logs.example.com', 'https://logs.example.com'],
  ['https://logs.example.com/', 'https://logs.example.com/'],
  ['https://logs.example.com:8088/services/collector', 'https://logs.example.com:8088/…'],
  ['https://logs.example.com/geheim/in?token=geheim#geheim', 'https://logs.example.com/…'],
  ['https://logs.example.com?geheim', 'https://logs.example.com/…'],
])('%s is shown as %s', (url, shown) => expect(shortenUrl(url)).toBe(shown))

test('the hash changes with the path and with the query, and is none where there is neither', () => {
  const hashes = ['/a', '/b', '/a?k=1', '/a?k=2'].map((rest) =>
    hashUrlRest(`https://logs.example.com${rest}`),
  )
  expect(new Set(hashes).size).toBe(4)
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{8}$/)
  expect(hashUrlRest('https://other.example.com/a')).toBe(hashes[0])
  expect(hashUrlRest('https://logs.example.com/')).toBeNull()
})
