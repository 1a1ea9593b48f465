import { expect, test } from 'vitest'
import { describeSkipped, skippedInBrowser } from './skipped-tests'

const result = (status: string, fullName: string, ...ancestorTitles: string[]) => ({
  status,
  fullName,
  ancestorTitles,
})

test('tests of a missing peer are told by its name, others by their own', () => {
  const missing = 'the peer rsyslog is not installed'
  expect(
    describeSkipped([
      result('passed', 'a'),
      result('failed', 'b'),
      result('skipped', 'c', 'syslog', missing),
      result('skipped', 'd', missing, 'over TLS'),
      result('pending', 'e', 'somewhere'),
      result('todo', 'f'),
    ]),
  ).toEqual([`2 skipped: ${missing}`, '1 skipped: e', '1 skipped: f'])
})

test('nothing is said where nothing was skipped', () => {
  expect(describeSkipped([result('passed', 'a')])).toEqual([])
})

test('the same holds for tests in a browser', () => {
  const spec = (title: string, status: string, ...reasons: string[]) => ({
    title,
    tests: [{ status, annotations: reasons.map((description) => ({ type: 'skip', description })) }],
  })
  const missing = 'the peer desktop is not installed'
  const inner = { specs: [spec('c', 'skipped', missing), spec('d', 'expected')] }
  const suites = [{ specs: [spec('a', 'skipped'), spec('b', 'skipped', missing)], suites: [inner] }]
  expect(describeSkipped(skippedInBrowser(suites))).toEqual(['1 skipped: a', `2 skipped: ${missing}`])
})
