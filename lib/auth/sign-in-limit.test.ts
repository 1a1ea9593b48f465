import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTry, type Try } from './sign-in-limit'

const NOW = Date.now()
const account = () => `${randomUUID()}@example.com`
let lastAddress = 0
const address = () => `198.51.${++lastAddress >> 8}.${lastAddress & 255}`

function failTimes(times: number, who: string, from: string, nowMs = NOW): Try[] {
  return Array.from({ length: times }, () => startTry(who, from, nowMs))
}

test('the sixth try at an account from an address waits until the window ends', () => {
  const [who, from] = [account(), address()]
  expect(failTimes(5, who, from).every(({ allowed }) => allowed)).toBe(true)
  expect(startTry(who, from, NOW + 1000)).toMatchObject({ allowed: false, retryAfterSeconds: 299 })
  expect(startTry(who, from, NOW + 5 * 60_000)).toMatchObject({ allowed: true })
})

test('failures elsewhere lock neither another address nor another account', () => {
  const [who, from] = [account(), address()]
  failTimes(6, who, from)
  expect(startTry(who, address(), NOW).allowed).toBe(true)
  expect(startTry(account(), from, NOW).allowed).toBe(true)
})

test('an address that tries many accounts is stopped', () => {
  const from = address()
  for (let i = 0; i < 50; i++) expect(startTry(account(), from, NOW).allowed).toBe(true)
  expect(startTry(account(), from, NOW).allowed).toBe(false)
})

test('a success forgets the failures before it', () => {
  const [who, from] = [account(), address()]
  failTimes(4, who, from)
  const right = startTry(who, from, NOW)
  if (right.allowed) right.succeed()
  expect(failTimes(5, who, from).every(({ allowed }) => allowed)).toBe(true)
})

test('the addresses of one IPv6 network count as one, other networks do not', () => {
  const who = account()
  for (const host of ['::1', '::2', ':1:2:3:4', '::ffff', ':a::']) startTry(who, `2001:db8:1:2${host}`, NOW)
  expect(startTry(who, '2001:db8:1:2:9:9:9:9', NOW).allowed).toBe(false)
  expect(startTry(who, '2001:db8:1:3::1', NOW).allowed).toBe(true)
})

test('every refusal of a burst is in the reports up to the last doubling', () => {
  const [who, from] = [account(), address()]
  failTimes(5, who, from)
  const reports = failTimes(64, who, from).map((one) => (one.allowed ? Number.NaN : one.report))
  expect(reports.filter((count) => count > 0)).toEqual([1, 1, 2, 4, 8, 16, 32])
  expect(reports.reduce((sum, count) => sum + count, 0)).toBe(64)
})
