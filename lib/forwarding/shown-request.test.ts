import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { toShownRequest } from './shown-request'

const SECRET = 'p@ss"word/4711'
const show = (
  headers: [string, string][],
  body: string | Buffer = '',
  request = 'POST https://x.example/in',
) => toShownRequest({ request, headers, body: Buffer.from(body) }, [SECRET, 'ab'])

test('a secret is hidden in whatever form it stands there', () => {
  const basic = Buffer.from(SECRET).toString('base64')
  const { request, headers, body } = show(
    [
      ['X-Key', SECRET],
      ['Authorization', `Splunk ${SECRET}`],
      ['Proxy', `Basic ${basic}`],
      ['X-Short', 'ab'],
    ],
    JSON.stringify({ key: SECRET, word: 'about' }),
    `POST https://x.example/in?key=${encodeURIComponent(SECRET)}`,
  )
  expect(request).toBe('POST https://x.example/in?key=•••')
  expect(headers.map(([, value]) => value)).toEqual(['•••', 'Splunk •••', 'Basic •••', '•••'])
  expect(body).toBe('{"key":"•••","word":"about"}')
})

test('signatures are hidden, and what they are about stays', () => {
  const { headers } = show([
    ['webhook-signature', `v1,${Buffer.alloc(32, 7).toString('base64')}`],
    [
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=AK/20261121, SignedHeaders=host, Signature=${'0a'.repeat(32)}`,
    ],
  ])
  expect(headers.map(([, value]) => value)).toEqual([
    'v1,•••',
    'AWS4-HMAC-SHA256 Credential=AK/20261121, SignedHeaders=host, Signature=•••',
  ])
})

test('a compressed body is shown as what it is, and a long one is cut', () => {
  expect(show([], gzipSync('{"type":"relay"}'))).toMatchObject({ body: '{"type":"relay"}', truncated: false })
  const { body, truncated } = show([], 'x'.repeat(100_000))
  expect([body.length, truncated]).toEqual([16_384, true])
})
