import { expect, test } from 'vitest'
import { ORIGIN, SealedLog, STARTED_MS, sampleEvent, sampleLog } from '@/lib/integrity/testing/sealed-log'
import { reasonOf, verifyLines } from '@/lib/integrity/testing/verify-lines'

const SIZE = 40

test('a range is complete, wherever it begins and ends', async () => {
  for (const size of [1, 2, 3, 7, 8, 9, 31, 32, 33]) {
    const log = sampleLog(size)
    for (const from of [0, 1, size >> 1, size - 1])
      for (const to of [from + 1, size])
        if (from < to && to <= size) {
          const report = await verifyLines(await log.rangeBundle(from, to))
          expect(report).toMatchObject({
            complete: { from, to },
            single: 0,
            checkpoint: { origin: ORIGIN, size },
          })
        }
  }
})

test('the time is that of the clock', async () => {
  const report = await verifyLines(await sampleLog(SIZE).rangeBundle(0, SIZE))
  expect(report.checkpoint.timeMs).toBe(STARTED_MS + SIZE * 1000)
})

test('chosen events are present, in any order, and nothing is said of others', async () => {
  const lines = await sampleLog(SIZE).presenceBundle([3, 39, 17])
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ proves: 'presence' })
  const report = await verifyLines(lines)
  expect(report.single).toBe(3)
  expect(report.complete).toBeUndefined()
})

test('a range and single events beside it, with proofs of older checkpoints', async () => {
  const report = await verifyLines(await sampleLog(SIZE).rangeBundle(10, 20, [2, 39], [0, 1, 8, 39, 40]))
  expect(report).toMatchObject({ complete: { from: 10, to: 20 }, single: 2, continues: [0, 1, 8, 39, 40] })
})

test('a checkpoint that its user kept is proven to be continued', async () => {
  const log = sampleLog(SIZE)
  const lines = await log.rangeBundle(10, 20, [], [8])
  await verifyLines(lines, { remembered: [log.checkpoint(8), log.checkpoint(SIZE)] })
  expect(await reasonOf(verifyLines(lines, { remembered: [log.checkpoint(9)] }))).toBe('consistency_missing')
})

test('lines may come in any order after the header, with any white space and order of members', async () => {
  const [header = '', consistency = '', ...events] = await sampleLog(SIZE).rangeBundle(10, 12, [2], [8])
  const rewritten = events.map((line) => {
    const { type, ...rest } = JSON.parse(line)
    return JSON.stringify({ ...rest, type }, null, 1).replaceAll('\n', ' ')
  })
  await verifyLines([header, ...rewritten, consistency])
})

test('events keep their proof whatever their values are', async () => {
  const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`m${i}`, i]))
  const proto = JSON.parse('{"__proto__": {"a": 1}, "b": 2}')
  const values = [
    {},
    [],
    [[], {}],
    many(32),
    many(33),
    proto,
    { 1: 'x', 0: 'y' },
    1e21,
    -0.5,
    null,
    '',
    '€\u2028',
    { '~1/': 0 },
  ]
  const log = new SealedLog(values.map((value, i) => sampleEvent(i, { data: value })))
  expect(await verifyLines(await log.rangeBundle(0, values.length))).toMatchObject({ complete: { from: 0 } })
})

test('the first byte of the tree is the first event: a log of one, and of two', async () => {
  expect((await verifyLines(await sampleLog(1).presenceBundle([0]))).single).toBe(1)
  expect((await verifyLines(await sampleLog(2).presenceBundle([1]))).single).toBe(1)
})

test('what the client claims of the time is counted: late, ahead, and imported', async () => {
  const at = (offsetMs: number) => ({ occurredAt: new Date(STARTED_MS + offsetMs).toISOString() })
  const log = new SealedLog([
    sampleEvent(0, at(-16 * 60_000)),
    sampleEvent(1, at(6 * 60_000)),
    sampleEvent(2, { ...at(-16 * 60_000), ingest: 'import' }),
    sampleEvent(3),
  ])
  expect(await verifyLines(await log.rangeBundle(0, 4))).toMatchObject({ late: 1, future: 1, imported: 1 })
})

test('a bundle without any event proves nothing, and is no yes', async () => {
  const log = sampleLog(SIZE)
  expect(await reasonOf(verifyLines(await log.rangeBundle(5, 5)))).toBe('nothing_to_check')
  expect(await reasonOf(verifyLines(await log.presenceBundle([])))).toBe('nothing_to_check')
})
