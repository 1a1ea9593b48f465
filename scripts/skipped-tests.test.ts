import { expect, test } from 'vitest'
import { describeSkipped } from './skipped-tests'

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
