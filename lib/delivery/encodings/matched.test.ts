import { describe, expect, test } from 'vitest'
import { matchedEvent, matchedSamples, walter } from '@/lib/delivery/testing/matched'
import { ENCODINGS, encodingOf } from './encodings'
import { toSyslogMessage } from './rfc5424'
import { parseCef } from './testing/parse-cef'
import { parseLeef } from './testing/parse-leef'
import { parseRfc5424 } from './testing/parse-rfc5424'

const LINE_BREAKS = /[\n\r\v\f\u0085\u2028\u2029]/
const toLines = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
const withoutMatches = matchedSamples.map(({ matched: _, ...event }) => event)
const CONTENTS = ['native', 'text'] as const

describe.each(ENCODINGS)('an event with its matches as %s', (name) => {
  const { encode, isJson } = encodingOf(name)
  const write = (event: (typeof matchedSamples)[number]) => encode(event, { tenant: 'acme' })

  test('is written as the golden file has it', async () => {
    await expect(toLines(matchedSamples.map(write))).toMatchFileSnapshot(`golden/matched-${name}.txt`)
  })

  test('is one line, whatever names the ledger has', () => {
    for (const event of matchedSamples) expect(write(event)).not.toMatch(isJson ? /[\n\r]/ : LINE_BREAKS)
  })

  test('has no name of the ledger where the destination carries none', () => {
    for (const event of withoutMatches) expect(write(event)).not.toMatch(/Walter|Gustavo|Research/)
  })
})

const [whole, bySid, ambiguous] = matchedSamples
if (!whole || !bySid || !ambiguous) throw new Error('the samples are gone')
const parsed = (name: 'native' | 'ocsf' | 'ecs', event = whole) =>
  JSON.parse(encodingOf(name).encode(event, { tenant: 'acme' }))

test('native events have it behind our own members, and their body stays as it came', () => {
  const text = encodingOf('native').encode(whole, { tenant: 'acme' })
  expect(text).toContain('"origin":"token:t1","matched":{"actor":{')
  expect(text.endsWith(whole.body.slice(1))).toBe(true)
  expect(parsed('native').matched).toEqual(whole.matched)
  expect(encodingOf('native').encode(whole, { tenant: 'acme', checkpoint: 'n' })).toContain(
    '"checkpoint":"n","matched"',
  )
})

test('OCSF has the person as the full name, what the event calls them beside it, and all of it unmapped', () => {
  expect(parsed('ocsf')).toMatchObject({
    actor: {
      user: {
        name: 'wardog',
        full_name: 'Walter Ardog',
        uid_alt: 'S-1-5-21-1104',
        org: { name: 'Research' },
      },
    },
    user: { name: 'wardog', full_name: 'Walter Ardog' },
    unmapped: { matched: whole.matched },
  })
})

test('ECS has the person as the full name, and all of it under our own name', () => {
  expect(parsed('ecs')).toMatchObject({
    user: {
      name: 'wardog',
      full_name: 'Walter Ardog',
      target: { name: 'wardog', full_name: 'Walter Ardog' },
    },
    spoor: { matched: whole.matched, actor: { identity: 'S-1-5-21-1104' } },
  })
})

test('CEF, LEEF and RFC 5424 have fields for actor, organisation and target', () => {
  const options = { tenant: 'acme' }
  expect(parseCef(encodingOf('cef').encode(whole, options)).extension).toMatchObject({
    SpoorActorName: 'Walter Ardog',
    SpoorActorOrganisation: 'Research',
    SpoorTargetName: 'Walter Ardog',
  })
  const names = { actorName: 'Walter Ardog', actorOrganisation: 'Research', targetName: 'Walter Ardog' }
  expect(parseLeef(encodingOf('leef').encode(whole, options)).attributes).toMatchObject(names)
  expect(parseRfc5424(toSyslogMessage(whole, options)).params).toMatchObject(names)
})

test('of several that fit none is named', () => {
  for (const name of ENCODINGS) {
    const text = encodingOf(name).encode(ambiguous, { tenant: 'acme' })
    expect(text).not.toMatch(/(full_name|ActorName|actorName)"?[:=]"?P/)
  }
})

test.each(CONTENTS)('syslog with %s messages is as the golden file has it', async (content) => {
  const lines = matchedSamples.map((event) => toSyslogMessage(event, { tenant: 'acme', content }))
  for (const line of lines) expect(line).not.toMatch(content === 'native' ? /[\n\r]/ : LINE_BREAKS)
  await expect(toLines(lines)).toMatchFileSnapshot(`golden/matched-rfc5424-${content}.txt`)
})

test('a sentence has the ledger’s name, and behind it what the event says', () => {
  const text = (event = whole) => toSyslogMessage(event, { content: 'text' })
  expect(text()).toMatch(/Walter Ardog \(wardog\) added account Walter Ardog \(wardog\), group The Auditors/)
  expect(text(bySid)).toMatch(/somebody signed in$/)
  expect(text(ambiguous)).toMatch(/ pgustavo added report r-1, group The Auditors \(auditors\)/)
})

test('a display name that hides the login is cut before it', () => {
  const display = 'W'.repeat(500)
  const event = matchedEvent({ actor: { login: 'wardog' } }, { actor: { ...walter, display } })
  expect(toSyslogMessage(event, { content: 'text' })).toContain('W… (wardog) added')
})
