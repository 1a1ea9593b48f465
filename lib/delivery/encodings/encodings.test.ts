import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ENCODINGS, encodingOf } from './encodings'
import { toSyslogMessage } from './rfc5424'
import { leavesOf } from './testing/leaves'
import { parseCef } from './testing/parse-cef'
import { parseLeef } from './testing/parse-leef'
import { longEvent, sampleEvents } from './testing/sample-events'
import { showControls } from './visible-controls'

const NOTE = 'acme/log\n18\nq0==\n\n— key a+/b=\n'
const LINE_BREAKS = /[\n\r\v\f\u0085\u2028\u2029]/

const golden = (name: string) => readFileSync(new URL(`golden/${name}.txt`, import.meta.url), 'utf8')

/** As the golden files have it: the last event carries the checkpoint. */
const withNote = (index: number) => (index === sampleEvents.length - 1 ? NOTE : undefined)
const toLines = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')

describe.each(ENCODINGS)('%s', (name) => {
  const { encode, isJson } = encodingOf(name)

  test('writes each sort of event as the golden file has it, byte for byte', () => {
    const written = sampleEvents.map((event, index) =>
      encode(event, { tenant: 'acme', checkpoint: withNote(index) }),
    )
    expect(toLines(written)).toBe(golden(name))
  })

  test('writes one line an event, whatever its texts are', () => {
    for (const event of [...sampleEvents, longEvent]) {
      const line = encode(event, { tenant: 'acme' })
      // JSON may have separators within its texts; what ends a line of NDJSON is the newline alone.
      if (isJson) expect(line).not.toMatch(/[\n\r]/)
      else expect(line).not.toMatch(LINE_BREAKS)
    }
  })

  test('writes nothing but JSON objects if it says so', () => {
    for (const event of [...sampleEvents, longEvent]) {
      const line = encode(event, { tenant: 'acme' })
      if (isJson) expect(JSON.parse(line)).toBeTypeOf('object')
      else expect(() => JSON.parse(line)).toThrow()
    }
  })
})

const readBack = {
  native: JSON.parse,
  ocsf: JSON.parse,
  ecs: JSON.parse,
  cef: parseCef,
  leef: parseLeef,
}

/** Some values are JSON within a line. */
const withInner = (leaf: string) => [leaf, ...(/^[[{]/.test(leaf) ? leavesOf(parseOrNull(leaf)) : [])]

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What has other words in each standard. */
const TRANSLATED = new Set(['status', 'occurredAt'])
/** What lines write for signs that they have no escape for. */
const asShown = (text: string) => showControls(text).replaceAll('|', '¦').replaceAll('^', 'ˆ')

test.each(ENCODINGS)('%s leaves out no value of an event', (name) => {
  const { encode, isJson } = encodingOf(name)
  const shown = isJson ? String : asShown
  for (const event of [...sampleEvents, longEvent]) {
    const read = readBack[name](encode(event, { tenant: 'acme' }))
    const found = new Set(leavesOf(read).flatMap(withInner).map(shown))
    const members = Object.entries(JSON.parse(event.body)).filter(([member]) => !TRANSLATED.has(member))
    const leaves = members.flatMap(([, value]) => leavesOf(value))
    expect(leaves.map(shown).filter((leaf) => !found.has(leaf))).toEqual([])
  }
})

test('a checkpoint stands where each encoding has a place for it', () => {
  const [event = longEvent] = sampleEvents
  const written = (name: (typeof ENCODINGS)[number]) =>
    encodingOf(name).encode(event, { tenant: 'acme', checkpoint: NOTE })
  expect(JSON.parse(written('native')).checkpoint).toBe(NOTE)
  expect(JSON.parse(written('ocsf')).unmapped.checkpoint).toBe(NOTE)
  expect(JSON.parse(written('ecs')).spoor.checkpoint).toBe(NOTE)
  expect(parseCef(written('cef')).extension).toMatchObject({ cs6: NOTE, cs6Label: 'checkpoint' })
  expect(Buffer.from(parseLeef(written('leef')).attributes.checkpoint ?? '', 'base64').toString()).toBe(NOTE)
})

test.each(['native', 'text'] as const)('syslog with %s messages is as the golden file has it', (content) => {
  const written = sampleEvents.map((event, index) =>
    toSyslogMessage(event, { tenant: 'acme', content, checkpoint: withNote(index) }),
  )
  expect(toLines(written)).toBe(golden(`rfc5424-${content}`))
})
