import { describe, expect, test } from 'vitest'
import type { EventRow } from './event-table'
import { writeLetter } from './letter'

test('a letter says the same as text and as HTML, in order', () => {
  const { text, html } = writeLetter({
    title: 'Forwarding fails',
    paragraphs: ['Since yesterday nothing arrives.'],
    facts: [['Receiver', 'logs of acme']],
    items: [{ text: 'jdoe signed in', note: 'info' }],
    action: { label: 'Open it', url: 'https://audit.acme.test/acme/forwarding?a=1&b=2' },
    footer: 'You get this because you own the workspace.',
    settings: { label: 'Change it', url: 'https://audit.acme.test/acme/channels/1' },
  })
  expect(text).toBe(`Forwarding fails

Since yesterday nothing arrives.

Receiver: logs of acme

- jdoe signed in
  info

Open it: https://audit.acme.test/acme/forwarding?a=1&b=2

-- 
You get this because you own the workspace.
Change it: https://audit.acme.test/acme/channels/1
`)
  const words = [
    'Forwarding fails',
    'Since yesterday',
    'logs of acme',
    'jdoe signed in',
    'Open it',
    'Change it',
  ]
  const places = words.map((word) => html.lastIndexOf(word))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(html).toContain('href="https://audit.acme.test/acme/forwarding?a=1&amp;b=2"')
})

describe('a table of events', () => {
  const row: EventRow = {
    at: '2026-11-20T23:59:59.123Z',
    level: 'info',
    type: 'account',
    text: 'jdoe signed in',
    user: 'jdoe',
    ip: '198.51.100.7',
    url: 'https://audit.acme.test/acme/trail/1',
  }
  const rows = [
    row,
    { ...row, level: 'critical' as const, user: undefined, url: undefined },
    { ...row, at: '2026-11-21T00:00:00.000Z', user: 'maria', ip: '2001:db8::1' },
  ]
  const { text, html } = writeLetter({
    title: '3 events',
    tables: [{ heading: 'Of jdoe', rows, more: '7 more are in the trail.' }],
  })

  test('has columns in a plain text, and its days apart', () => {
    expect(text).toBe(`3 events

Of jdoe

2026-11-20 (UTC)
Time      Level     Log type  User   IP address
23:59:59  info      account   jdoe   198.51.100.7
          jdoe signed in
          https://audit.acme.test/acme/trail/1
23:59:59  critical  account          198.51.100.7
          jdoe signed in

2026-11-21 (UTC)
Time      Level     Log type  User   IP address
00:00:00  info      account   maria  2001:db8::1
          jdoe signed in
          https://audit.acme.test/acme/trail/1

7 more are in the trail.
`)
  })

  test('has the same words in HTML, each a link to its event', () => {
    for (const word of ['Of jdoe', '2026-11-21', '23:59:59', 'critical', 'maria', '2001:db8::1', '7 more'])
      expect(html).toContain(word)
    expect(html.match(/<a [^>]*href="https:\/\/audit\.acme\.test\/acme\/trail\/1"/g)).toHaveLength(8)
  })

  test('keeps its columns where a value is long', () => {
    const { text: long } = writeLetter({
      title: 't',
      tables: [{ rows: [{ ...row, user: 'x'.repeat(500) }] }],
    })
    expect(long).toContain(`${'x'.repeat(39)}…  198.51.100.7\n`)
  })
})

describe('what others wrote', () => {
  const evil = '</td><script>x</script>\n-- \n"\'& https://evil.example www.evil.example \u202egnp'
  const row = { at: '2026-11-20T23:59:59.123Z', level: 'error' as const, type: evil, text: evil, user: evil }
  const { text, html } = writeLetter({
    title: evil,
    paragraphs: [evil],
    facts: [[evil, evil]],
    items: [{ text: evil, note: evil }],
    tables: [
      {
        heading: evil,
        rows: [
          { ...row, ip: evil },
          { ...row, url: 'https://audit.acme.test/1' },
        ],
        more: evil,
      },
    ],
    action: { label: evil, url: 'https://audit.acme.test/2' },
    footer: evil,
  })

  test('is neither markup nor a line of its own, and turns nothing round', () => {
    expect(html).not.toContain('<script>')
    expect(text.match(/^-- $/gm)).toHaveLength(1)
    expect(text + html).not.toMatch(/[\u202a-\u202e]/)
  })

  test('is no link that a mail program would make', () => {
    for (const part of [text, html]) {
      expect(part).not.toContain('://evil')
      expect(part).not.toContain('evil.example')
    }
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)
    expect(new Set(links)).toEqual(new Set(['https://audit.acme.test/1', 'https://audit.acme.test/2']))
  })

  test('written from right to left, stays in its place', () => {
    const arabic = writeLetter({
      title: 't',
      tables: [{ rows: [{ ...row, user: 'مدير', ip: '192.0.2.1' }] }],
    })
    expect(arabic.text).toContain('\u2068مدير\u2069')
    expect(arabic.html).toContain('<bdi>مدير</bdi>')
  })
})

test('a short letter is short', () => {
  expect(writeLetter({ title: 'Hello' }).text).toBe('Hello\n')
  expect(writeLetter({ title: 'Hello' }).html).not.toMatch(/false|undefined/)
})
