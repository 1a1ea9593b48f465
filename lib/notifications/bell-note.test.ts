import { expect, test } from 'vitest'
import type { StoredEvent } from '@/lib/event/stored-event'
import { type RungRow, toBellNote } from './bell-note'

const event = (seq: number, changes: Partial<StoredEvent> = {}): StoredEvent => ({
  id: `0192c0de-0000-7000-8000-00000000000${seq}`,
  seq,
  receivedAt: '2026-11-20T22:38:00.000Z',
  occurredAt: '2026-11-20T22:38:00.000Z',
  leafHash: 'ab'.repeat(32),
  origin: 'token:t1',
  type: 'account',
  action: 'sign in failed',
  level: 'warning',
  actor: { login: 'mallory', ip: '203.0.113.9' },
  targets: [{ type: 'door', name: 'seven' }],
  ...changes,
})

function noteOf(changes: Partial<RungRow>, events: StoredEvent[] = [event(1), event(2)]) {
  const row: RungRow = {
    number: 7,
    at: new Date('2026-11-20T22:38:01.000Z'),
    destinationId: null,
    message: null,
    path: null,
    events: 1,
    levels: { warning: 1 },
    listed: [1],
    rule: null,
    isUnread: true,
    isFresh: true,
    ...changes,
  }
  return toBellNote(row, new Map(events.map((one) => [one.seq, one])), 'acme')
}

const alarm = (per: 'actor' | 'target' | 'ip' | 'all', listed = [1], withinSeconds = 300) =>
  noteOf({ rule: { count: 10, withinSeconds, per }, listed, events: 10 }).title

test('an alarm says what came how often, and from whom where it is about one', () => {
  expect(alarm('actor')).toBe('10 events by mallory within 5 minutes')
  expect(alarm('ip')).toBe('10 events from 203.0.113.9 within 5 minutes')
  expect(alarm('target')).toBe('10 events on seven within 5 minutes')
  expect(alarm('all', [1], 3_600)).toBe('10 events within 1 hour')
  expect(alarm('actor', [1, 2], 90)).toBe('2 alarms: 10 events by one actor within 90 seconds each')
  expect(alarm('actor', [3], 86_400)).toBe('10 events by one actor within 1 day')
})

test('one event leads to itself, several to the place where they stand, and a warning to its own', () => {
  expect(noteOf({}).href).toBe(`/acme/trail/${event(1).id}`)
  expect(noteOf({ events: 2, listed: [1, 2] }).href).toBe('/acme/notifications?before=8')
  expect(noteOf({ message: 'Look', path: '/integrity', listed: [] }).href).toBe('/acme/integrity')
})

test('several say how many of each level, the most severe first, and show it', () => {
  const levels = { info: 1_500, critical: 2, warning: 10 }
  const note = noteOf({ events: 1_512, levels, listed: [1, 2] })
  expect(note.title).toBe('1,512 events: 2 critical, 10 warning, 1,500 info')
  expect(note.level).toBe('critical')
})

test('names of others neither turn the line nor fill it', () => {
  const login = `\u202e${'m'.repeat(500)}`
  const note = noteOf({ rule: { count: 2, withinSeconds: 60, per: 'actor' }, events: 2 }, [
    event(1, { actor: { login } }),
  ])
  expect(note.title).toMatch(/^2 events by ‹U\+202E›m+… within 1 minute$/)
  expect(note.title.length).toBeLessThan(130)
})
