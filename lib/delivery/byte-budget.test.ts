import { expect, test } from 'vitest'
import { ByteBudget, type Room } from './byte-budget'

const never = new AbortController().signal
const settled = async () => void (await new Promise((resolve) => setTimeout(resolve)))

test('who finds no room waits until some is given back, in the order of arrival', async () => {
  const budget = new ByteBudget(10)
  const first = await budget.take(8, never)
  const order: string[] = []
  const second = budget.take(5, never, 'b').then((room) => {
    order.push('second')
    return room
  })
  const third = budget.take(1, never, 'c').then((room) => {
    order.push('third')
    return room
  })
  await settled()
  expect(order).toEqual([])
  first?.release()
  first?.release()
  const rooms = await Promise.all([second, third])
  expect(order).toEqual(['second', 'third'])
  // Given back twice, it is counted once: four are free.
  expect(budget.tryTake(1)).toBeUndefined()
  for (const room of rooms) room?.release()
  expect(budget.tryTake(5)).toBeDefined()
})

test('one owner gets half of it, and the others do not wait behind who wants more', async () => {
  const budget = new ByteBudget(10)
  const first = await budget.take(4, never, 'a')
  const order: string[] = []
  const more = budget.take(4, never, 'a').then(() => order.push('a'))
  const other = budget.take(5, never, 'b').then(() => order.push('b'))
  await other
  expect(order).toEqual(['b'])
  first?.release()
  await more
  expect(order).toEqual(['b', 'a'])
  expect(await new ByteBudget(10).take(8, never, 'a')).toBeDefined()
})

test('what is larger than all of it gets all of it', async () => {
  const budget = new ByteBudget(10)
  const whole = await budget.take(1_000, never)
  let other: Room | undefined
  const waiting = budget.take(1, never).then((room) => {
    other = room
  })
  await settled()
  expect(other).toBeUndefined()
  whole?.release()
  await waiting
  expect(other).toBeDefined()
})

test('a stop ends the waiting, and leaves the room to the others', async () => {
  const budget = new ByteBudget(10)
  const first = await budget.take(10, never)
  const stop = new AbortController()
  const stopped = budget.take(10, stop.signal)
  const next = budget.take(10, never)
  stop.abort()
  expect(await stopped).toBeUndefined()
  first?.release()
  expect(await next).toBeDefined()
  expect(await budget.take(1, stop.signal)).toBeUndefined()
})
