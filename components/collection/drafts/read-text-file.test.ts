import { expect, it } from 'vitest'
import { decodeText } from './read-text-file'

it.each([
  ['UTF-8', [0xc3, 0xa4]],
  ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0xc3, 0xa4]],
  ['windows-1252', [0xe4]],
  ['UTF-16, little end first', [0xff, 0xfe, 0xe4, 0x00]],
  ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0xe4]],
])('reads %s', (_, bytes) => {
  expect(decodeText(new Uint8Array(bytes))).toBe('ä')
})
