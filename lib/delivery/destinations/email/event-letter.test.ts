import { describe, expect, test } from 'vitest'
import { type Alarm, type Digest, digestOf, writeDigest } from '@/lib/delivery/digest/digest'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { LEVELS } from '@/lib/event/levels'
import { writeLetter } from '@/lib/mail/letter'
import { parseFilter } from '@/lib/trail/filter-url'
import { countLetter, eventLetter } from './event-letter'

const PLACE = {
  tenant: 'acme',
  url: 'https://audit.acme.test/acme',
  settingsUrl: 'https://audit.acme.test/acme/channels/019a9d0c-0000-4000-8000-00000000000b',
}
const BODY = {
  type: 'account',
  action: 'signed in',
  level: 'info',
  message: 'jdoe25 signed in',
  actor: { login: 'jdoe25', ip: '198.51.100.7' },
  status: 'fail',
}

const digestOfEvents = (...events: Partial<ForwardedEvent>[]): Digest =>
  digestOf(events.map((event) => forwardedEvent({ body: JSON.stringify(BODY), ...event })))

const textOf = (letter: Parameters<typeof writeLetter>[0]) => writeLetter(letter).text
/** The filter that the letter's button leads to. */
const filterOf = ({ action }: ReturnType<typeof eventLetter>) =>
  parseFilter(new URL(action?.url ?? '').searchParams)

describe('of one event', () => {
  test('the letter is its own sentence, with its facts and a way to it', () => {
    const letter = eventLetter(digestOfEvents({}), PLACE)
    expect(letter.subject).toBe('[acme] jdoe25 signed in')
    expect(textOf(letter)).toBe(`jdoe25 signed in

Time: 2026-11-20 22:37:59 UTC
Level: info
Log type: account
Action: signed in
Status: fail
User: jdoe25
IP address: 198.51.100.7

Open the event: https://audit.acme.test/acme/trail/0192c0de-0000-7000-8000-000000000007

-- 
You get this because your address stands in the e-mail notifications of acme.
Change when and where you get this: https://audit.acme.test/acme/channels/019a9d0c-0000-4000-8000-00000000000b
`)
  })

  test('the subject names a level that is out of the ordinary', () =>
    expect(eventLetter(digestOfEvents({ level: 'error' }), PLACE).subject).toBe(
      '[acme] error: jdoe25 signed in',
    ))

  test('that was made up, the letter says so, and leads to the channel', () => {
    const letter = eventLetter(digestOfEvents({ seq: -1 }), PLACE)
    expect(letter.subject).toBe('[acme] Test: jdoe25 signed in')
    expect(letter.action?.url).toBe(PLACE.settingsUrl)
  })
})

test('several events are counted by level and by type, and listed in the order of the trail', () => {
  const letter = eventLetter(
    digestOfEvents(
      { seq: 1, level: 'info', occurredAt: '2026-11-20T22:30:00.000Z' },
      { seq: 2, level: 'critical', type: 'admin' },
      { seq: 3, level: 'info', receivedAt: '2026-11-20T22:39:10.000Z' },
    ),
    PLACE,
  )
  expect(letter.subject).toBe('[acme] 3 events: 1 critical, 2 info')
  expect(letter.title).toBe('3 events in acme')
  expect(letter.facts).toEqual([
    ['Received', '2026-11-20 22:38:00 to 2026-11-20 22:39:10 UTC'],
    ['Levels', '1 critical, 2 info'],
    ['Log types', '2 account, 1 admin'],
  ])
  expect(letter.tables?.[0]?.rows.map(({ level }) => level)).toEqual(['info', 'critical', 'info'])
  expect(letter.tables?.[0]?.rows[1]).toEqual({
    at: '2026-11-20T22:37:59.123Z',
    level: 'critical',
    type: 'admin',
    text: 'jdoe25 signed in',
    user: 'jdoe25',
    ip: '198.51.100.7',
    url: 'https://audit.acme.test/acme/trail/0192c0de-0000-7000-8000-000000000007',
  })
  expect(filterOf(letter)).toEqual({
    from: '2026-11-20T22:30:00Z',
    to: '2026-11-20T22:40:00Z',
    level: { include: ['info', 'critical'], exclude: [] },
    type: { include: ['account', 'admin'], exclude: [] },
  })
})

describe('of a thousand events', () => {
  const digest = digestOfEvents(
    ...Array.from({ length: 1_000 }, (_, seq) => ({
      seq,
      type: `type${String(seq % 12).padStart(2, '0')}`,
      level: LEVELS[seq === 900 ? 6 : seq % 2 ? 2 : 4] ?? 'info',
    })),
  )

  test('all are counted, and the most severe listed', () => {
    const letter = eventLetter(digest, PLACE)
    expect(letter.subject).toBe('[acme] 1,000 events: 1 critical, 499 warnings, 500 info')
    expect(letter.tables?.[0]?.rows).toHaveLength(50)
    expect(letter.tables?.[0]?.rows.at(-1)?.level).toBe('critical')
    expect(letter.tables?.[0]?.more).toBe('The 50 most severe are listed; 950 more are in the trail.')
    expect(letter.facts?.[2]?.[1]).toMatch(/^84 type00, .* 83 type07 and others$/)
    expect(filterOf(letter).type).toBeUndefined()
  })

  test('a letter of counts has not a word of them', () => {
    const letter = countLetter(digest, PLACE)
    expect(letter.subject).toContain('1,000 events')
    expect(textOf(letter)).toContain('1,000 events in acme')
    expect(textOf(letter)).not.toMatch(/jdoe25|type0/)
  })
})

describe('where a rule counts', () => {
  const rule = { count: 10, withinSeconds: 300, per: 'actor' as const, quietSeconds: 3_600 }
  const { listed, ...digest } = digestOfEvents(
    ...Array.from({ length: 10 }, (_, seq) => ({ seq, level: 'warning' as const })),
  )
  const alarm: Alarm = {
    group: 'jdoe25',
    seq: 9,
    at: '2026-11-20T22:38:05.000Z',
    since: '2026-11-20T22:36:00.000Z',
    events: 132,
    listed,
  }
  const digestOfAlarms = (alarms: Alarm[]): Digest => ({
    ...digest,
    events: alarms.reduce((sum, { events }) => sum + events, 0),
    from: alarm.since,
    to: alarm.at,
    listed: [],
    alarms,
  })
  type Changes = Partial<typeof rule> | { per: 'ip' | 'all' | 'target' }
  const write = (alarms: Alarm[], changes: Changes = {}, told: Partial<Digest> = {}) =>
    eventLetter({ ...digestOfAlarms(alarms), ...told }, PLACE, { ...rule, ...changes })

  test('an alarm says who did what how often, lists some and counts all', () => {
    const letter = write([alarm])
    expect(letter.subject).toBe('[acme] 10 events by jdoe25 within 5 minutes: signed in, failed; 132 in all')
    expect(letter.tables?.[0]?.rows).toHaveLength(10)
    expect(letter.tables?.[0]?.more).toBe('122 more are in the trail.')
    expect(filterOf(letter)).toEqual({ from: '2026-11-20T22:36:00Z', to: '2026-11-20T22:39:00Z' })
  })

  test('several alarms are told one after the other', () => {
    const letter = write([alarm, { ...alarm, group: 'maria', events: 10 }])
    expect(letter.title).toBe('2 alarms: 10 events within 5 minutes; 142 in all')
    expect(letter.tables?.map(({ heading }) => heading)).toEqual([
      '10 events by jdoe25 within 5 minutes: signed in, failed; 132 in all',
      '10 events by maria within 5 minutes: signed in, failed',
    ])
  })

  test('of very many alarms some are told, with some of their events each', () => {
    const alarms = Array.from({ length: 20 }, (_, i) => ({ ...alarm, group: `user${i}` }))
    const letter = write(alarms, {}, { moreAlarms: 5, events: 9_999 })
    expect(letter.title).toBe('25 alarms: 10 events within 5 minutes; 9,999 in all')
    expect(letter.paragraphs?.[0]).toContain('5 more alarms are on the channel’s page')
    expect(letter.tables).toHaveLength(20)
    expect(letter.tables?.map(({ rows }) => rows.length)).toEqual(Array(20).fill(2))
    expect(letter.tables?.[0]?.more).toBe('130 more are in the trail.')
  })

  test.each([
    [{ per: 'ip' }, '192.0.2.1', '10 events from 192.0.2.1 within 5 minutes'],
    [{ per: 'target' }, 'db-1', '10 events on db-1 within 5 minutes'],
    [{ per: 'all', withinSeconds: 86_400 }, null, '10 events within 1 day'],
    [{ withinSeconds: 90 }, 'jdoe25', '10 events by jdoe25 within 90 seconds'],
  ] as const)('by %j', (changes, group, words) => {
    const { title } = write([{ ...alarm, group, events: 10 }], changes)
    expect(title).toBe(`${words}: signed in, failed`)
  })
})

test('what an event says is one line of a letter, and no markup', () => {
  const message = '<b>x</b>\n-- \nPlease pay'
  const body = JSON.stringify({ ...BODY, message, actor: { login: '<i>j</i>' } })
  const { text, html } = writeLetter(eventLetter(digestOfEvents({ body, actorLogin: '<i>j</i>' }, {}), PLACE))
  expect(html).not.toMatch(/<[bi]>/)
  expect(text).not.toMatch(/^Please/m)
})

test('the same digest is the same letter', () => {
  const digest = digestOfEvents({ seq: 1 }, { seq: 2, type: 'admin' })
  const again = JSON.parse(writeDigest(digest).toString()) as Digest
  expect(writeLetter(eventLetter(again, PLACE))).toEqual(writeLetter(eventLetter(digest, PLACE)))
})
