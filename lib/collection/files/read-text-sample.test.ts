import { expect, it } from 'vitest'
import { readTextSample } from './read-text-sample'

it('finds the header and the first rows of a pasted text', () => {
  expect(readTextSample('\ufefftime;user\n1;"a;b"\n2;c\ntoo few\n3;d\n', 2)).toEqual({
    header: ['time', 'user'],
    rows: [
      ['1', 'a;b'],
      ['2', 'c'],
    ],
  })
})

it('gives rows of values without a header', () => {
  expect(readTextSample('1,10.0.0.1\n2,10.0.0.2\n', 20)).toEqual({
    header: null,
    rows: [
      ['1', '10.0.0.1'],
      ['2', '10.0.0.2'],
    ],
  })
})

it('refuses a text that is empty', () => {
  expect(() => readTextSample(' ', 20)).toThrow()
})
