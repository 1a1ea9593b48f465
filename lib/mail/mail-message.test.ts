import { expect, test } from 'vitest'
import { isMailAddress, parseMailAddress, toMailMessage, toSubject } from './mail-message'

const FROM = { name: '', address: 'spoor@acme.test' }
const MAIL = { to: 'jdoe@acme.test', subject: 's', text: 't', messageId: '<a@b>' }

test.each([
  'jdoe@acme.test\r\nBcc: all@acme.test',
  'jdoe@acme.test, root@acme.test',
  'jdoe@acme.test>\nRCPT TO:<root@acme.test',
  '<jdoe@acme.test>',
  'J Doe <jdoe@acme.test>',
  '"a b"@acme.test',
  'jdoe@[127.0.0.1]',
  'jdoe@',
  'jdoe',
  '',
  `${'a'.repeat(250)}@acme.test`,
])('%j is no recipient', (to) => {
  expect(isMailAddress(to)).toBe(false)
  expect(() => toMailMessage({ ...MAIL, to }, FROM)).toThrow(/recipient/)
})

test.each(['jdoe@acme.test', 'j.doe+audit@mail.acme.example', "o'neill@acme.test"])('%s is one', (to) =>
  expect(toMailMessage({ ...MAIL, to }, FROM).to).toEqual([to]),
)

test('a subject is one line without signs that hide or turn the rest', () => {
  expect(toSubject('a\r\nBcc: x\u2028y\u0000z\u202egnp')).toBe('a Bcc: x y z‹U+202E›gnp')
  expect([...toSubject('😀'.repeat(500))]).toHaveLength(160)
  expect(toMailMessage({ ...MAIL, subject: 'a\nb' }, FROM).subject).toBe('a b')
})

test.each([
  [{ 'X-A': 'b\r\nBcc: x' }],
  [{ 'X-A': 'ä' }],
  [{ 'X-A': '' }],
  [{ 'X A': 'b' }],
  [{ 'X-A:': 'b' }],
  [{ bcc: 'root@acme.test' }],
  [{ 'Message-ID': '<other@b>' }],
  [{ 'Content-Type': 'text/html' }],
])('the header %j is refused', (headers) => {
  expect(() => toMailMessage({ ...MAIL, headers }, FROM)).toThrow(/header/)
})

test.each(['a@b', '<a@b>\r\nBcc: x', '<a b@c>', '<a@b', ''])('%j is no Message-ID', (messageId) => {
  expect(() => toMailMessage({ ...MAIL, messageId }, FROM)).toThrow(/Message-ID/)
})

test.each([
  ['spoor@acme.test', { name: '', address: 'spoor@acme.test' }],
  ['Spoor <spoor@acme.test>', { name: 'Spoor', address: 'spoor@acme.test' }],
  ['"Spoor, ACME" <spoor@acme.test>', { name: 'Spoor, ACME', address: 'spoor@acme.test' }],
  ['Spoor <spoor>', undefined],
  ['', undefined],
])('%s names the sender', (text, sender) => expect(parseMailAddress(text)).toEqual(sender))
