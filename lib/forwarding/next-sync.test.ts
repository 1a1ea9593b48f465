import { expect, test } from 'vitest'
import { nextSyncAt } from './next-sync'

const at = (text: string) => new Date(`2026-11-21T${text}Z`)
const rhythm = { state: 'active', everySeconds: 300, phaseSeconds: 60, dueAt: at('11:00:00') } as const

test('the next sync is the stream’s next slot, or the time for which it waits', () => {
  expect(nextSyncAt(rhythm, at('12:00:59'))).toEqual(at('12:01:00'))
  expect(nextSyncAt(rhythm, at('12:01:00'))).toEqual(at('12:06:00'))
  expect(nextSyncAt({ ...rhythm, dueAt: at('12:30:00') }, at('12:01:00'))).toEqual(at('12:30:00'))
})

test('what sends at once, or is switched off, has none', () => {
  expect(nextSyncAt({ ...rhythm, everySeconds: null }, at('12:00:00'))).toBeNull()
  expect(nextSyncAt({ ...rhythm, state: 'paused' }, at('12:00:00'))).toBeNull()
})
