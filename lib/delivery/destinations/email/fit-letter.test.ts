import { expect, test } from 'vitest'
import { digestOf } from '@/lib/delivery/digest/digest'
import type { Place } from '@/lib/delivery/digest/digest-links'
import { shownGroup } from '@/lib/delivery/rules/group-value'
import { outgoingEvent } from '@/lib/delivery/testing/outgoing'
import type { EventInput } from '@/lib/event/event-input'
import { toSubject } from '@/lib/mail/mail-message'
import { eventLetter } from './event-letter'
import { fitLetter } from './fit-letter'

const PLACE: Place = {
  tenant: 'acme',
  url: 'https://audit.acme.test/acme',
  settingsUrl: 'https://audit.acme.test/acme/channels/019a9d0c-0000-4000-8000-00000000000b',
}
const RULE = { count: 10, withinSeconds: 300, per: 'actor', quietSeconds: 0 } as const
const AT = '2026-11-20T22:38:00.000Z'

const eventsOf = (count: number, input: (seq: number) => Partial<EventInput>) =>
  Array.from({ length: count }, (_, seq) =>
    outgoingEvent(
      { type: 'account', action: 'signed in', occurredAt: AT, ...input(seq) },
      { seq, id: `0192c0de-0000-7000-8000-${String(seq).padStart(12, '0')}`, receivedAt: AT },
    ),
  )

/** Fifty of eighty events whose every field is as long as the trail lets in. */
function longEvents(text: string) {
  const long = text.repeat(1_024).slice(0, 1_024)
  const party = { name: long, type: long }
  return eventsOf(80, (seq) => ({
    type: `${'x.'.repeat(30)}${seq}`,
    level: seq === 70 ? 'critical' : 'error',
    action: long.slice(0, 128),
    status: 'fail',
    actor: { login: long, identity: long, ip: '2001:db8:85a3:1111:2222:8a2e:3700:7334' },
    targets: [party, party],
  }))
}

test('fifty usual events come whole', () => {
  const events = eventsOf(60, (seq) => ({
    message: `The gateway let jdoe${seq}@acme.test into the building of the company, by the side door`,
    actor: { login: `jdoe${seq}@acme.test`, ip: '2001:db8:85a3:1111:2222:8a2e:3700:7334' },
  }))
  const { text, html } = fitLetter((rows) => eventLetter(digestOf(events), PLACE, undefined, rows))
  expect(text).toContain('The 50 most severe are listed; 10 more are in the trail.')
  expect(html.length).toBeLessThan(100_000)
})

const HOSTILE = [
  'x',
  'a.bb',
  '\\\\',
  '&\'"<>',
  'א.בג',
  '😀',
  '\u202e',
  '\u{e0041}',
  'http://ab.cd/',
  'Z\u0301',
  ')',
  '\u200d',
]

test.each(HOSTILE)('a letter made of %j is shown whole, in time, and counts all', (sign) => {
  const digest = digestOf(longEvents(sign))
  const started = performance.now()
  const { subject, text, html } = fitLetter((rows) => eventLetter(digest, PLACE, undefined, rows))
  expect(performance.now() - started).toBeLessThan(500)
  expect([Buffer.byteLength(html), Buffer.byteLength(text)].every((bytes) => bytes < 100_000)).toBe(true)
  const [, listed = 0, more = 0] =
    /The (\d+) most severe are listed; (\d+) more are/.exec(text)?.map(Number) ?? []
  expect([listed + more, listed > 5]).toEqual([80, true])
  expect(html.match(/ critical|>critical</g)).not.toBeNull()
  expect([...toSubject(subject)].length).toBeLessThanOrEqual(160)
})

test.each(HOSTILE)('so is one about twenty alarms of %j', (sign) => {
  const { listed, ...digest } = digestOf(longEvents(sign))
  const [event] = longEvents(sign)
  const alarms = Array.from({ length: 20 }, (_, seq) => ({
    group: event ? shownGroup('actor', event) : null,
    seq,
    at: AT,
    since: AT,
    events: 100,
    listed: listed.slice(0, 5),
  }))
  const told = { ...digest, listed: [], alarms, moreAlarms: 3 }
  const { text, html } = fitLetter((rows) => eventLetter(told, PLACE, RULE, rows))
  expect([Buffer.byteLength(html), Buffer.byteLength(text)].every((bytes) => bytes < 100_000)).toBe(true)
  expect(text.match(/(\d+) more are in the trail/g)).toHaveLength(20)
})
