import { expect, test } from 'vitest'
import { failingWayOf } from './failing-way'

test.each([null, 421, 451, 454, 530, 535, 554])(
  "with %s the instance's mail server fails for any letter",
  (status) => {
    expect(failingWayOf({ server: 'instance' }, status)).toBe('mail')
    expect(failingWayOf({ server: 'own' }, status)).toBeUndefined()
  },
)

test.each([550, 551, 552, 553])('with %s a mailbox is refused, and the server is well', (status) => {
  expect(failingWayOf({ server: 'instance' }, status)).toBeUndefined()
})
