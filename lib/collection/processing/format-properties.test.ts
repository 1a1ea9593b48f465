import { expect, test } from 'vitest'
import { formatProperties } from './format-properties'

test('properties read as event viewers print them: headings, and lines below them', () => {
  const names = ['Subject', 'Security ID', 'Account Name', 'Logon ID', 'New Logon', 'Security ID']
  const values = ['', 'SYSTEM', 'WIN-R9H529RIO4Y$', '0x3e7', '', 'WIN-R9H529RIO4Y\\Administrator']
  expect(formatProperties(names, values)).toBe(
    [
      ' Subject:',
      ' Security ID: SYSTEM',
      ' Account Name: WIN-R9H529RIO4Y$',
      ' Logon ID: 0x3e7',
      ' New Logon:',
      ' Security ID: WIN-R9H529RIO4Y\\Administrator',
    ].join('\n'),
  )
})

test('a property that came without a value is there by its name; none at all are an empty text', () => {
  expect(formatProperties(['Offset', 'Length'], ['7'])).toBe(' Offset: 7\n Length:')
  expect(formatProperties([], [])).toBe('')
})

test('no value can pass for a property of its own', () => {
  expect(formatProperties(['Comment', 'User'], ['x\n User: root\r\ny\rz', 'jdoe'])).toBe(
    ' Comment: x\n    User: root\n   y\n   z\n User: jdoe',
  )
})
