import { describe, expect, test } from 'vitest'
import { encodeEvents } from '@/lib/delivery/frozen-batch'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { LEVELS } from '@/lib/event/levels'
import { writeLetter } from '@/lib/mail/letter'
import { emailKind } from './email-kind'
import { countLetter, eventLetter } from './event-letter'
import { readNotes } from './format'

const PLACE = { tenant: 'acme', url: 'https://audit.example.com/acme' }
const BODY = {
  type: 'account',
  action: 'signed in',
  level: 'info',
  message: 'jdoe25 signed in',
  actor: { login: 'jdoe25', ip: '198.51.100.7' },
  status: 'fail',
}

const notesOf = (...events: Parameters<typeof forwardedEvent>[0][]) => {
  const forwarded = events.map((event) => forwardedEvent({ body: JSON.stringify(BODY), ...event }))
  return readNotes(encodeEvents(emailKind, { tenant: 'acme' }, forwarded, 10_000_000).body)
}

test('one event is its own sentence, with its facts and a way to it', () => {
  const letter = eventLetter(notesOf({}), PLACE)
  expect(letter.title).toBe('jdoe25 signed in')
  expect(writeLetter(letter).text).toBe(`jdoe25 signed in

Time: 2026-11-20 22:37:59 UTC
Level: info
Log type: account
Action: signed in
Status: fail
User: jdoe25
IP address: 198.51.100.7

Open the event: https://audit.example.com/acme/trail/0192c0de-0000-7000-8000-000000000007

-- 
You get this because your address stands in the e-mail notifications of acme.
`)
})

test('several events are counted by level and by type, and listed in the order of the trail', () => {
  const notes = notesOf(
    { seq: 1, level: 'info', occurredAt: '2026-11-20T22:40:00.000Z' },
    { seq: 2, level: 'critical', type: 'admin' },
    { seq: 3, level: 'info' },
  )
  const letter = eventLetter(notes, PLACE)
  expect(letter.title).toBe('3 events in acme')
  expect(letter.facts).toEqual([
    ['Time', '2026-11-20 22:37:59 UTC to 2026-11-20 22:40:00 UTC'],
    ['Levels', '1 critical, 2 info'],
    ['Log types', '2 account, 1 admin'],
  ])
  expect(letter.items).toHaveLength(3)
  expect(letter.items?.[1]).toEqual({
    text: 'jdoe25 signed in',
    note: '2026-11-20 22:37:59 UTC · critical · admin · jdoe25 · 198.51.100.7',
  })
})

describe('of a thousand events', () => {
  const many = Array.from({ length: 1_000 }, (_, seq) => ({
    seq,
    type: `type${seq % 12}`,
    level: LEVELS[seq === 900 ? 6 : 2] ?? 'info',
  }))
  const notes = notesOf(...many)

  test('the most severe are listed, and the others counted', () => {
    const { items = [], paragraphs, facts = [] } = eventLetter(notes, PLACE)
    expect(items).toHaveLength(50)
    expect(items.at(-1)?.note).toContain('critical')
    expect(paragraphs).toEqual(['The 50 most severe are listed; 950 more are in the trail.'])
    expect(facts[1]).toEqual(['Levels', '1 critical, 999 info'])
    expect(facts[2]?.[1]).toMatch(/and 4 more types$/)
  })

  test('and a letter of counts has not a word of them', () => {
    const { text } = writeLetter(countLetter(notes, PLACE))
    expect(text).toContain('1,000 events in acme')
    expect(text).not.toContain('jdoe25')
  })
})

test('what an event says is one line of a letter, and no markup', () => {
  const message = '<b>x</b>\n-- \nPlease pay'
  const body = JSON.stringify({ ...BODY, message, actor: { login: '<i>j</i>' } })
  const { text, html } = writeLetter(eventLetter(notesOf({ body, actorLogin: '<i>j</i>' }, {}), PLACE))
  expect(html).not.toMatch(/<[bi]>/)
  expect(text).not.toMatch(/^Please/m)
})

test('the same events are the same bytes, whatever is masked was never in them', () => {
  const event = forwardedEvent({ actorLogin: null, body: '{"type":"account","action":"signed in"}' })
  const encoded = emailKind.encoder({ tenant: 'acme' }).encode(event)
  expect(encoded).toBe(
    '{"id":"0192c0de-0000-7000-8000-000000000007","seq":7,"at":"2026-11-20T22:37:59.123Z","level":"info","type":"account","action":"signed in","title":"account: signed in"}',
  )
})
