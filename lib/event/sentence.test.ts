import { expect, test } from 'vitest'
import { describeEvent, sentence, titleOf } from './sentence'
import type { StoredEvent } from './stored-event'

const event = (fields: Partial<StoredEvent> = {}): StoredEvent => ({
  type: 'account',
  action: 'updated',
  level: 'info',
  occurredAt: '2026-11-20T12:00:00.000Z',
  receivedAt: '2026-11-20T12:00:00.000Z',
  id: '0197a3c0-0000-7000-8000-000000000000',
  seq: 0,
  leafHash: '00',
  origin: 'console',
  ...fields,
})

test.each<[Partial<StoredEvent>, string]>([
  [{}, 'account: updated'],
  [{ actor: { login: 'jdoe', identity: 'John Doe' } }, 'John Doe updated'],
  [{ actor: { id: 'usr_1', ip: '203.0.113.9' }, source: 'app' }, 'usr_1 updated from 203.0.113.9'],
  [{ actor: { login: 'bot' }, onBehalfOf: { login: 'ann' } }, 'bot (for ann) updated'],
  [
    { actor: { login: 'ann' }, targets: [{ type: 'role', name: 'viewer' }, { name: 'bob' }] },
    'ann updated role viewer, bob',
  ],
  [{ actor: { login: 'ann' }, targets: Array(16).fill({ name: 'x' }) }, 'ann updated x, x and 14 more'],
  [{ actor: { login: 'ann' }, targets: [{ parent: 'CORP' }] }, 'ann updated'],
  [
    { actor: { login: 'ann' }, count: 1200, source: 'app.acme.com', status: 'fail' },
    'ann updated 1,200 times from app.acme.com without success',
  ],
])('%j reads "%s"', (fields, words) => expect(describeEvent(event(fields))).toBe(words))

test('an event of which who and what were erased says so, and nothing else', () => {
  const erased = { action: 'erased', erased: true as const }
  expect(sentence(event({ ...erased, type: 'erased' }))).toBe('an event that was erased')
  expect(sentence(event({ ...erased, type: 'relay' }))).toBe('relay: an event that was erased')
  expect(sentence(event({ action: 'erased', actor: { login: 'ann' } }))).toBe('ann erased')
})

test('a name that would hide the rest is cut between characters', () => {
  const words = describeEvent(event({ actor: { login: '😀'.repeat(1000) } }))
  expect(words).toBe(`${'😀'.repeat(79)}… updated`)
})

test("the sender's message is the sentence, and an empty one is none", () => {
  expect(sentence(event({ message: 'jdoe signed in' }))).toBe('jdoe signed in')
  expect(sentence(event({ message: '' }))).toBe('account: updated')
})

test('a message that is too long for a title, or has several lines, gives way to the fields', () => {
  expect(titleOf(event({ message: ' short \n' }))).toBe('short')
  expect(titleOf(event({ message: 'one\ntwo' }))).toBe('account: updated')
  expect(titleOf(event({ message: 'x'.repeat(161) }))).toBe('account: updated')
})
