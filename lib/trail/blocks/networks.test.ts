import { expect, test } from 'vitest'
import { addressTerms } from './event-terms'
import { toAddressBytes } from './networks'

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1'],
  ['::', '0:0:0:0:0:0:0:0'],
  ['::1', '0::1'],
  ['1::', '1:0:0:0:0:0:0:0'],
  ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
])('%s and %s are the same address', (one, other) => {
  expect([...toAddressBytes(one)]).toEqual([...toAddressBytes(other)])
})

test('IPv4 has four bytes and IPv6 sixteen, so neither is taken for the other', () => {
  expect([...toAddressBytes('1.2.3.4')]).toEqual([1, 2, 3, 4])
  expect([...toAddressBytes('2001:db8::ff00:42:8329')]).toEqual([
    0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0xff, 0, 0, 0x42, 0x83, 0x29,
  ])
})

test('no network of one family is one of the other, where their bytes are the same', () => {
  const four = new Set(addressTerms('32.1.13.184'))
  expect(addressTerms('2001:db8::1').filter((term) => four.has(term))).toEqual([])
})
