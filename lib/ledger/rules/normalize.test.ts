import { expect, test } from 'vitest'
import { normalizeEmail } from './normalize-email'
import { normalizeSid } from './normalize-sid'

test.each([
  ['S-1-5-18', 'S-1-5-18'],
  ['s-1-5-21-4020993649-1037605423-417876593-500', 'S-1-5-21-4020993649-1037605423-417876593-500'],
  ['%{S-1-5-18}', 'S-1-5-18'],
  [' {s-1-5-18} ', 'S-1-5-18'],
  ['sid:S-1-5-18', 'S-1-5-18'],
  ['<SID=S-1-5-18>', 'S-1-5-18'],
  ['SID:{S-1-5-18}', 'S-1-5-18'],
  ['S-1-0XFF-1', 'S-1-0xFF-1'],
])('the SID of %j is %s', (text, sid) => {
  expect(normalizeSid(text)).toBe(sid)
})

test.each([
  '',
  'SYSTEM',
  'S-1',
  'S-1-',
  'S-2-5-18',
  'S-1-5-18x',
  'x S-1-5-18',
  '%{}',
  `S-1-5${'-1'.repeat(16)}`,
])('there is no SID in %j', (text) => {
  expect(normalizeSid(text)).toBeUndefined()
})

test.each([
  ['Ann@X.example', 'ann@x.example'],
  ['Ann Lee <Ann@x.example>', 'ann@x.example'],
  ['"Lee, Ann" <ann@x.example> ', 'ann@x.example'],
  ['mailto:ann@x.example?subject=hi', 'ann@x.example'],
  ['ann@x.example.', 'ann@x.example'],
  ['ann+news@x.example', 'ann+news@x.example'],
])('the address of %j is %s', (text, address) => {
  expect(normalizeEmail(text)).toBe(address)
})

test.each(['', 'ann', '@x.example', 'ann@', 'a@b@c', 'ann @x.example', 'a@x.example, b@x.example', '<>'])(
  'there is no address in %j',
  (text) => {
    expect(normalizeEmail(text)).toBeUndefined()
  },
)

test('hostile texts of the longest kind are looked at in milliseconds', () => {
  for (const part of ['<', '{', '%{', 'sid:', '.', ' ', 'S-1-5', '-1', '@', 'mailto:']) {
    const text = part.repeat(Math.floor(1024 / part.length))
    const begin = performance.now()
    normalizeSid(text)
    normalizeEmail(text)
    expect(performance.now() - begin, part).toBeLessThan(200)
  }
})
