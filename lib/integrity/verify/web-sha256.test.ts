import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSha256 } from './web-sha256'

const sha256 = createSha256()
const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const hex = (binary: string) => Buffer.from(binary, 'latin1').toString('hex')

test("the browser's SHA-256 is that of OpenSSL at every length around its blocks, and for large input", () => {
  for (const length of [...Array(200).keys(), 4095, 4096, 4097, 300_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 255)
    expect(hex(sha256(bytes))).toBe(expected(bytes))
  }
})

test('the example of FIPS 180-4', () => {
  expect(hex(sha256(Buffer.from('abc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})
