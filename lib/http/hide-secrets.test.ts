import { describe, expect, test } from 'vitest'
import { hideSecrets } from './hide-secrets'

const url = 'https://logs.example.com/in'
const hide = (text: string, secret?: string, isCut?: boolean) =>
  hideSecrets(text, { url, secrets: secret ? [secret] : [] }, isCut)

const toUnicodeEscape = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

describe('a key that the receiver repeats is hidden', () => {
  test.each([
    ['whole', 'got "Splunk ab.c-1"', 'Splunk ab.c-1', 'got "[secret]"'],
    ['without the word before it', 'token ab.c-1?', 'Splunk ab.c-1', 'token [secret]?'],
    ['after another word', 'Bearer ab.c-1', 'Splunk ab.c-1', 'Bearer [secret]'],
    ['every time', 'k9k9k9 and k9k9k9', 'k9k9k9', '[secret] and [secret]'],
    ['in capitals', 'AB-12-CD', 'Bearer ab-12-cd', '[secret]'],
    ['with characters of a pattern', 'a+b(c)|$^[d]', 'a+b(c)|$^[d]', '[secret]'],
    ['escaped in JSON', '{"x-key":"a\\"b\\\\c"}', 'a"b\\c', '{"x-key":"[secret]"}'],
  ])('%s', (_, text, secret, told) => expect(hide(text, secret)).toBe(told))

  const key = 'a/b+c==&"d\\\'<e>'
  test.each([
    ['in JSON with escaped slashes', JSON.stringify(key).replaceAll('/', '\\/')],
    ['in JSON that is safe in HTML', JSON.stringify(key).replace(/[&<>+']/g, toUnicodeEscape)],
    ['in a URL', encodeURIComponent(key)],
    ['in a form', new URLSearchParams({ key }).toString().slice('key='.length)],
    ['in HTML', key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['in HTML by numbers', key.replace(/[^a-z]/g, (sign) => `&#${sign.charCodeAt(0)};`)],
    [
      'in HTML by hexadecimal numbers',
      key.replace(/[^a-z]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
    ],
    ['in base64', Buffer.from(key).toString('base64')],
    ['in base64 of URLs', Buffer.from(key).toString('base64url')],
    ...['x', 'xy', 'xyz'].map((before): [string, string] => [
      `in base64 behind ${before}`,
      Buffer.from(`${before}${key}`).toString('base64'),
    ]),
  ])('%s', (_, written) => {
    const told = hide(`sent: ${written}, refused`, `Bearer ${key}`)
    expect(told).toContain('[secret]')
    for (const length of [6, 8, 10])
      for (let at = 0; at + length <= written.length; at++)
        expect(told).not.toContain(written.slice(at, at + length))
  })

  test('as user name and password, where it was base64 of both', () => {
    const basic = `Basic ${Buffer.from('jdoe:geheim-0815').toString('base64')}`
    expect(hide('no user jdoe with geheim-0815', basic)).toBe('no user jdoe with [secret]')
    expect(hide('no login jdoe:geheim-0815', basic)).toBe('no login [secret]')
  })

  test('without the prefix of a signing secret', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    expect(hide('your key is MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', secret)).toBe('your key is [secret]')
  })

  test('also its beginning, where the answer was cut inside it', () => {
    expect(hide('authorization: Splunk 0815-47', 'Splunk 0815-4711', true)).toBe('authorization: [secret]')
    expect(hide('authorization: Bearer 0815-47', 'Splunk 0815-4711', true)).toBe(
      'authorization: Bearer [secret]',
    )
    expect(hide('authorization%3A%20Splunk%200815%2F47', 'Splunk 0815/47-11', true)).toBe(
      'authorization%3A%20[secret]',
    )
    expect(hide(Buffer.from('0815-4711-').toString('base64').slice(0, 9), '0815-4711-4712', true)).toBe(
      '[secret]',
    )
    expect(hide('the number 0815-47', 'Splunk 0815-4711', false)).toBe('the number 0815-47')
  })
})

test('looking for many long keys in a long answer takes no time', () => {
  const secrets = Array.from({ length: 22 }, (_, i) => `${'/'.repeat(8_000)}${i}`)
  const started = performance.now()
  hideSecrets('/'.repeat(4_096), { url, secrets }, true)
  hideSecrets(`${'/'.repeat(65_535)}:`, { url, secrets }, true)
  hideSecrets('&#x2f;'.repeat(680), { url, secrets }, true)
  expect(performance.now() - started).toBeLessThan(4_000)
})

test('what else was said stays as it was, with and without a key', () => {
  const words = 'Cannot POST /in: $& [secret of ours] ^$ '
  expect(hide(words)).toBe(words)
  expect(hide(words, 'Splunk abc')).toBe(words)
  expect(hide('')).toBe('')
})

test('path and query of the URL are hidden, which often carry a key', () => {
  const sent = {
    url: 'https://hooks.example.com/services/T0000/AbCdEfGhIjKlMnOpQrSt?token=geheim-0815&v=1',
    secrets: [],
  }
  const echo = 'Cannot POST /services/T0000/AbCdEfGhIjKlMnOpQrSt?token=geheim-0815&v=1'
  expect(hideSecrets(echo, sent)).toBe('Cannot POST [path]')
  expect(hideSecrets('no hook AbCdEfGhIjKlMnOpQrSt for {"token":"geheim-0815"}', sent)).toBe(
    'no hook [path] for {"token":"[path]"}',
  )
  expect(hideSecrets('no hook AbCdEfGhIj', sent, true)).toBe('no hook [secret]')
})
