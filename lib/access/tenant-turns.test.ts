import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inTurn } from './tenant-turns'

/** Runs that last until they are told to end. */
function openRuns(tenantId: string, count: number) {
  const ends: (() => void)[] = []
  const done = Array.from({ length: count }, (_, i) =>
    inTurn(tenantId, () => new Promise<number>((resolve) => ends.push(() => resolve(i)))),
  )
  return { ends, done }
}

test('four of a tenant run at a time, the others in their order, and another tenant waits for none of them', async () => {
  const { ends, done } = openRuns('a', 6)
  await turn()
  expect(ends).toHaveLength(4)
  expect(await inTurn('b', async () => 'at once')).toBe('at once')
  ends[2]?.()
  expect(await done[2]).toBe(2)
  await turn()
  expect(ends).toHaveLength(5)
  for (let i = 0; i < 6; i++) {
    ends[i]?.()
    await turn()
  }
  expect(await Promise.all(done)).toEqual([0, 1, 2, 3, 4, 5])
})

test('a run that fails gives its place to the next', async () => {
  const failing = Array.from({ length: 9 }, () =>
    inTurn('c', async () => {
      throw new Error('no')
    }),
  )
  expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true)
  expect(await inTurn('c', async () => 'still')).toBe('still')
})

test('where a hundred wait already, one more is told to come again', async () => {
  const { ends, done } = openRuns('d', 104)
  await turn()
  await expect(inTurn('d', async () => 1)).rejects.toMatchObject({ code: 'rate_limited' })
  for (let i = 0; i < 104; i++) {
    ends[i]?.()
    await turn()
  }
  await Promise.all(done)
})
