import { describe, expect, test } from 'vitest'
import { hideSecrets } from './hide-secrets'

const url = 'https://logs.example.com/in'
const hide = (text: string, secret?: string, isCut?: boolean) => hideSecrets(text, { url, secret }, isCut)

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

  test('also its beginning, where the answer was cut inside it', () => {
    expect(hide('authorization: Splunk 0815-47', 'Splunk 0815-4711', true)).toBe('authorization: [secret]')
    expect(hide('authorization: Bearer 0815-47', 'Splunk 0815-4711', true)).toBe(
      'authorization: Bearer [secret]',
    )
    expect(hide('the number 0815-47', 'Splunk 0815-4711', false)).toBe('the number 0815-47')
  })
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
    secret: undefined,
  }
  const echo = 'Cannot POST /services/T0000/AbCdEfGhIjKlMnOpQrSt?token=geheim-0815&v=1'
  expect(hideSecrets(echo, sent)).toBe('Cannot POST [path]')
  expect(hideSecrets('no hook AbCdEfGhIjKlMnOpQrSt for {"token":"geheim-0815"}', sent)).toBe(
    'no hook [path] for {"token":"[path]"}',
  )
  expect(hideSecrets('no hook AbCdEfGhIj', sent, true)).toBe('no hook [secret]')
})
