import { describe, expect, test } from 'vitest'
import { encodeEvents } from '@/lib/delivery/frozen-batch'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import type { DestinationKind } from './contract'
import { destinationKind, destinationKinds } from './registry'

/** A stored configuration of each kind; a kind without one fails here. */
const CONFIGS: Record<string, unknown> = {
  http: { url: 'https://logs.example.com/geheim/in?token=geheim', body: 'auto', headerName: 'X-Key' },
}

/** Kinds whose receivers are known by their URL have further formats. */
const SPLUNK = { url: 'https://u.splunkcloud.com/services/collector/event', body: 'auto' }

const kinds = Object.entries(destinationKinds)
const events = Array.from({ length: 50 }, (_, seq) => forwardedEvent({ seq }))

describe.each(kinds)('%s', (name: string, kind: DestinationKind) => {
  const destination = kind.open(CONFIGS[name])
  const format = destination.format('acme')

  test('reads its own configuration and no other', () => {
    expect(() => kind.open({ something: 'else' })).toThrow()
    expect(() => kind.open(null)).toThrow()
  })

  test('names itself without secrets', () => {
    expect(destination.describe()).toMatch(/\S/)
    expect(destination.describe()).not.toContain('geheim')
  })

  test('makes the same bytes from the same events, also after the format went through the database', () => {
    const again = JSON.parse(JSON.stringify(format))
    expect(encodeEvents(kind, again, events).sha256).toEqual(encodeEvents(kind, format, events).sha256)
  })

  test('keeps within its size, but never leaves the first event out', () => {
    const big = events.map((event) => ({ ...event, body: JSON.stringify({ payload: 'x'.repeat(100_000) }) }))
    const { body, seqs } = encodeEvents(kind, format, big)
    expect(body.length).toBeLessThanOrEqual(kind.maxBytes)
    expect(seqs).toEqual(big.slice(0, seqs.length).map(({ seq }) => seq))
    expect(encodeEvents({ ...kind, maxBytes: 10 }, format, big).seqs).toEqual([0])
  })
})

test('a batch for Splunk ends with its checkpoint, within the size of a batch', () => {
  const kind = destinationKind('http')
  const maxBytes = 10_000
  const note = 'é\n'.repeat(333)
  const format = kind.open(SPLUNK).format('acme')
  const { body, seqs } = encodeEvents({ ...kind, maxBytes }, format, events, note)
  const sent = body.toString().trimEnd().split('\n')
  expect(body.length).toBeLessThanOrEqual(maxBytes)
  expect(sent).toHaveLength(seqs.length)
  expect(sent.map((line) => JSON.parse(line).event.checkpoint)).toEqual([
    ...Array(seqs.length - 1).fill(undefined),
    note,
  ])
})

test('an unknown kind is an error, not a silent loss', () => {
  expect(() => destinationKind('pigeon')).toThrow(/pigeon/)
})
