import { expect, test } from 'vitest'
import type { Outcome } from './outcome'
import { type Circumstances, rule } from './ruling'

const now: Circumstances = {
  events: 100,
  maySplit: true,
  isFirst: true,
  breaker: 'closed',
  consecutiveFailures: 0,
  windowTries: 0,
  windowFailures: 0,
  deadRun: 0,
  recentDead: 0,
  random: 1,
}
const down: Outcome = { verdict: 'failed', message: 'down', ms: 1 }
const refused = (index?: number): Outcome => ({
  verdict: 'refused',
  message: 'no',
  ms: 1,
  ...(index !== undefined && { index }),
})

test('a failure holds the batch for longer each time, and as long as the receiver asks', () => {
  expect(rule(down, now)).toEqual({ kind: 'held', delayMs: 5_000, message: 'down' })
  expect(rule(down, { ...now, consecutiveFailures: 3 })).toMatchObject({ delayMs: 40_000 })
  expect(rule({ ...down, retryAfterMs: 3_600_000 }, now)).toMatchObject({ delayMs: 3_600_000 })
})

test('from the third failure in a row on, a batch without an answer is halved too, and waits as long as before', () => {
  const slow: Outcome = { verdict: 'failed', message: 'no answer', ms: 30_000, mayBeTooLarge: true }
  const after = (consecutiveFailures: number, events = 8) =>
    rule(slow, { ...now, consecutiveFailures, events })
  expect(after(0)).toMatchObject({ kind: 'held', delayMs: 5_000 })
  expect(after(1)).toMatchObject({ kind: 'held', delayMs: 10_000 })
  expect(after(2)).toEqual({ kind: 'split', limit: 4, delayMs: 20_000 })
  expect(after(3, 4)).toEqual({ kind: 'split', limit: 2, delayMs: 40_000 })
  expect(after(4, 2)).toEqual({ kind: 'split', limit: 1, delayMs: 80_000 })
  // A single event probes; it is never refused for the receiver's silence.
  expect(after(5, 1)).toMatchObject({ kind: 'held', delayMs: 160_000 })
})

test('the fifth failure in a row leaves but one event to probe with, unless the batch is never divided', () => {
  expect(rule(down, { ...now, consecutiveFailures: 3 }).kind).toBe('held')
  expect(rule(down, { ...now, consecutiveFailures: 4 })).toEqual({ kind: 'split', limit: 1, delayMs: 80_000 })
  expect(rule(down, { ...now, breaker: 'half_open' }).kind).toBe('held')
  expect(rule(down, { ...now, breaker: 'half_open', consecutiveFailures: 1 })).toMatchObject({ limit: 1 })
  expect(rule(down, { ...now, consecutiveFailures: 4, events: 1 }).kind).toBe('held')
  expect(rule(down, { ...now, consecutiveFailures: 9, maySplit: false }).kind).toBe('held')
})

test('what is stored whole waits, whatever the receiver says of its events', () => {
  const ruling = rule(refused(3), { ...now, maySplit: false })
  expect(ruling).toMatchObject({
    kind: 'held',
    delayMs: 5_000,
    message: expect.stringContaining('never divided'),
  })
  expect(rule(refused(), { ...now, maySplit: false, events: 1 }).kind).toBe('held')
})

test('events that arrived all the same are left out of what goes on', () => {
  expect(rule({ ...down, taken: 30 }, { ...now, events: 70 })).toEqual({
    kind: 'split',
    limit: 70,
    delayMs: 5_000,
  })
  const partly: Outcome = { verdict: 'refused', message: 'no', ms: 1, taken: 30, index: 30 }
  expect(rule(partly, { ...now, events: 70 })).toEqual({ kind: 'split', limit: 1 })
  expect(rule({ ...partly, index: 40 }, { ...now, events: 70 })).toEqual({ kind: 'split', limit: 10 })
  expect(rule(partly, { ...now, events: 1 })).toEqual({ kind: 'split', limit: 1 })
})

test('a bad event behind batches that are not safe yet waits for them', () => {
  expect(rule(refused(), { ...now, events: 1, isFirst: false })).toEqual({
    kind: 'postponed',
    delayMs: 1_000,
  })
  expect(rule({ verdict: 'delivered', message: '', ms: 1 }, { ...now, isFirst: false })).toEqual({
    kind: 'accepted',
    ackId: null,
  })
})

test('a refused batch is halved, or cut before the event that the receiver named, never below one', () => {
  expect(rule(refused(), now)).toEqual({ kind: 'split', limit: 50 })
  expect(rule(refused(), { ...now, events: 3 })).toEqual({ kind: 'split', limit: 1 })
  expect(rule(refused(30), now)).toEqual({ kind: 'split', limit: 30 })
  expect(rule(refused(0), now)).toEqual({ kind: 'split', limit: 1 })
  for (const nonsense of [-1, 100, 5_000])
    expect(rule(refused(nonsense), now)).toEqual({ kind: 'split', limit: 50 })
})

test('a split always makes the batch smaller, so that it ends', () => {
  for (let events = 2; events <= 1_000; events++)
    for (const index of [undefined, 0, 1, events - 1, events]) {
      const ruling = rule(refused(index), { ...now, events })
      expect(ruling.kind === 'split' && ruling.limit < events && ruling.limit >= 1).toBe(true)
    }
})

test('one refused event is set aside, until there are too many of them', () => {
  const one = { ...now, events: 1 }
  expect(rule(refused(), one)).toEqual({ kind: 'dead' })
  expect(rule(refused(), { ...one, deadRun: 19, recentDead: 19 })).toEqual({ kind: 'dead' })
  expect(rule(refused(), { ...one, recentDead: 20 }).kind).toBe('held')
  expect(rule(refused(), { ...one, deadRun: 20 }).kind).toBe('held')
})

test('gone stops the stream, our own stop changes nothing', () => {
  expect(rule({ verdict: 'gone', message: '', ms: 1 }, now)).toEqual({ kind: 'disabled' })
  expect(rule({ verdict: 'aborted', message: '', ms: 1 }, now)).toEqual({ kind: 'released' })
  expect(rule({ verdict: 'delivered', message: '', ms: 1 }, now)).toEqual({ kind: 'delivered' })
})
