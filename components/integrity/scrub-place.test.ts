import { expect, test } from 'vitest'
import { describePlace } from './scrub-place'

test('a place names all that it may be, one thing or a range', () => {
  expect(describePlace({ kind: 'event', seq: 1200 })).toBe('Event 1,200')
  expect(describePlace({ kind: 'event', seq: 768, through: 799 })).toBe('Events 768 to 799')
  expect(describePlace({ kind: 'event', seq: 7, through: 7 })).toBe('Event 7')
  expect(describePlace({ kind: 'tile', level: 1, index: 0, through: 3 })).toBe('Tiles 0 to 3 of level 1')
  expect(describePlace({ kind: 'checkpoint', epoch: 1, size: 5000 })).toBe(
    'Checkpoint of 5,000 events, epoch 1',
  )
})
