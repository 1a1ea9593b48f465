import { expect, test } from 'vitest'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { desktopKind } from './desktop-kind'

function previewOf(events: ReturnType<typeof forwardedEvent>[]) {
  const desktop = desktopKind.open(desktopKind.configure(desktopKind.input.parse({})).config)
  return desktop.preview?.(deliveryOf(desktopKind, desktop, events))
}

test('a preview says what the pop-up will say, of one event and of several', () => {
  const one = previewOf([forwardedEvent({ seq: 1, level: 'error' })])
  expect(one?.subject).not.toBe('')
  expect(one?.text).toBe('Level error')
  const several = previewOf([1, 2, 3, 4, 5].map((seq) => forwardedEvent({ seq, level: 'error' })))
  expect(several?.subject).toBe('5 events: 5 error')
  expect(several?.text.split('\n')).toEqual([one?.subject, one?.subject, one?.subject, 'and 2 more'])
})
