import { expect, it } from 'vitest'
import { formatBytes } from './format-bytes'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [412_345, '412 kB'],
  [8_388_608, '8.4 MB'],
])('writes %i as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
