import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { SealedLog, sampleEvent, sampleLog } from '@/lib/integrity/testing/sealed-log'
import { reasonOf, verifyLines } from '@/lib/integrity/testing/verify-lines'
import { binaryOf } from './encoding'
import { nodePrimitives } from './node-primitives'
import { Redactions } from './redactions'
import { Skips } from './skips'

const MESSAGE = { message: 'signed in by hand' }
const notice = (index: number, pointers: string[], targets = [3]) =>
  sampleEvent(index, { type: 'trail.redaction', action: 'trail.redaction', data: { targets, pointers } })

/** What is said of a file in which `hidden` is gone of event 3, and the notices name `said`. */
function answer(
  hidden: string[],
  said: string[][],
  over: Record<string, unknown> = MESSAGE,
): Promise<string> {
  const events = [...sampleLog(10).events, ...said.map((pointers, i) => notice(10 + i, pointers))]
  events[3] = sampleEvent(3, over)
  const log = new SealedLog(events)
  log.erase(3, hidden)
  return reasonOf(log.rangeBundle(0, log.size).then((lines) => verifyLines(lines)))
}
const many = (n: number, prefix = 'm') =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`${prefix}${i}`, i]))

describe('what is hidden is explained', () => {
  test.each<[string, string[], string[][], Record<string, unknown>?]>([
    ['by its own name', ['/message'], [['/message']]],
    ['by its name beside that of a value that is still shown', ['/message'], [['/message', '/actor/login']]],
    ['by its member, of which some is still shown', ['/actor/ip'], [['/actor']]],
    ['by its member, in a notice of another value of it', ['/actor'], [['/actor/login'], ['/actor']]],
    ['by two notices', ['/message', '/actor/login'], [['/message'], ['/actor/login']]],
    ['by the whole event, of which some is still shown', ['/message', '/targets', '/data'], [['']]],
    ['by a member of as many values as can be', ['/data'], [['/data']], { data: many(32) }],
    [
      'by each of them',
      ['/data'],
      [Object.keys(many(32)).map((name) => `/data/${name}`)],
      { data: many(32) },
    ],
    ['by a member of more, which is one value', ['/data'], [['/data']], { data: many(33) }],
    ['by a name that is escaped', ['/data/a~1b~0'], [['/data/a~1b~0']], { data: { 'a/b~': 1, c: 2 } }],
  ])('%s', async (_what, hidden, said, over) => {
    expect(await answer(hidden, said, over)).toBe('yes')
  })
})

describe('what is hidden is not explained', () => {
  test.each<[string, string[], string[][], Record<string, unknown>?]>([
    ['by the name of a value that is still shown', ['/message'], [['/actor/login']]],
    ['by the name of a whole one that is still shown', ['/message'], [['/targets']]],
    ['by names within a whole one that is still shown', ['/message'], [['/targets/0']]],
    ['by names that are all still shown', ['/message'], [['/level', '/actor/login'], ['/targets']]],
    ['by a name that only looks like one', ['/message'], [['message', '/message/a/b', '/messag~e']]],
    ['by a member that has no room for more', ['/message'], [['/data']], { ...MESSAGE, data: many(32) }],
    [
      'by more names than a member has room for',
      ['/message', '/targets'],
      [Object.keys(many(9, 'x')).map((name) => `/data/${name}`)],
      { ...MESSAGE, data: many(31) },
    ],
    [
      'by a deeper name of a member that is named',
      ['/message', '/data'],
      [['/data', '/data/x']],
      { ...MESSAGE, data: many(32) },
    ],
    ['by a notice twice', ['/data/n', '/data/o'], [['/data/n'], ['/data/n']], { data: { n: 1, o: 2, p: 3 } }],
  ])('%s', async (_what, hidden, said, over) => {
    expect(await answer(hidden, said, over)).toBe('redaction_unexplained')
  })
})

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

test('a hundred thousand events with erased values take little memory, also if no two show the same', () => {
  const { sha256 } = nodePrimitives
  const redactions = new Redactions(sha256)
  const erased = [binaryOf(new Uint8Array(32))]
  const parts = { id: '', receivedAt: '', receivedAtMs: 0, event: {} }
  const COUNT = 100_000
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < COUNT; i++) {
    const long = 'a name that takes much more room than its hash '.repeat(10)
    const salts = new Map(['/type', '/action', '/actor/login', `/data/${long}${i}`].map((p) => [p, '']))
    redactions.note(i, { ...parts, salts: { salts, erased } })
  }
  collect()
  const bytesAnEvent = (process.memoryUsage().heapUsed - before) / COUNT
  const data = { targets: Array.from({ length: COUNT }, (_, i) => i), pointers: ['/message'] }
  const event = { action: 'trail.redaction', data }
  redactions.note(COUNT, { ...parts, event, salts: { seed: '' } })
  redactions.finish(new Skips(new Set()))
  expect(redactions.events).toBe(COUNT)
  expect(bytesAnEvent).toBeLessThan(500)
})
