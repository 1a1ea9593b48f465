import { expect, test } from 'vitest'
import { chosenPointers } from './chosen-pointers'

const POINTERS = ['/type', '/actor/login', '/actor/ip', '/data/a~1b', '/data/c', '/message']
const values = POINTERS.map((pointer) => ({ pointer, value: 'x', canErase: true }))
const choose = (...chosen: string[]) => chosenPointers(values, new Set(chosen))

test('single values are named one by one, whole members by one pointer, never the event by an empty one', () => {
  expect(choose()).toEqual([])
  expect(choose('/actor/ip', '/message')).toEqual(['/actor/ip', '/message'])
  expect(choose('/actor/ip', '/actor/login', '/data/a~1b')).toEqual(['/actor', '/data/a~1b'])
  expect(choose(...POINTERS)).toEqual(['/type', '/actor', '/data', '/message'])
})

test('an event without values has nothing to name', () => {
  expect(chosenPointers([], new Set())).toEqual([])
})
