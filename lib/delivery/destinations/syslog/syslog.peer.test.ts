import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Settings } from '@/lib/delivery/destinations/contract'
import { parseRfc5424 } from '@/lib/delivery/encodings/testing/parse-rfc5424'
import { sampleEvents } from '@/lib/delivery/encodings/testing/sample-events'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { describePeer } from '@/lib/delivery/testing/describe-peer'
import { outgoingEvent } from '@/lib/delivery/testing/outgoing'
import { parseInput } from '@/lib/errors/parse-input'
import { syslogEncoder } from './format'
import { syslogKind } from './syslog-kind'
import { readFrames } from './testing/syslog-server'

beforeEach(() => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

/** What rsyslog writes of a message that it parsed, as far as the tests look at it. */
type Parsed = Record<'rawmsg' | 'msg' | 'hostname' | 'pri' | 'app-name' | 'msgid' | 'structured-data', string>

describePeer('rsyslog', (peer) => {
  const tls = () => ({ port: peer().tlsPort, transport: 'tls', ca: readFileSync(peer().caFile, 'utf8') })
  const tcp = () => ({ port: peer().port, transport: 'tcp' })

  const destinationOf = (input: Settings) =>
    syslogKind.open(
      syslogKind.configure(
        parseInput(syslogKind.input, { host: '127.0.0.1', maxMessageBytes: 60_000, ...input }),
      ).config,
    )

  /** What rsyslog parsed of those that this test sent, told by their app name. */
  const parsedOf = (appName: string) =>
    readFileSync(peer().log, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Parsed)
      .filter((parsed) => parsed['app-name'] === appName)

  async function sendAndRead(input: Settings, events: readonly ForwardedEvent[]): Promise<Parsed[]> {
    const destination = destinationOf(input)
    const outcome = await destination.send(deliveryOf(syslogKind, destination, events), outsideTools)
    expect(outcome).toMatchObject({ verdict: 'delivered' })
    await vi.waitFor(() => expect(parsedOf(String(input.appName)).length).toBe(events.length), 10_000)
    return parsedOf(String(input.appName))
  }

  const writtenOf = (input: Settings, events: readonly ForwardedEvent[]) => {
    const encoder = syslogEncoder(destinationOf(input).format('acme') as never)
    return readFrames(Buffer.from(encoder.join(events.map(encoder.encode))))
  }

  test.each([
    ['TCP', 'native', tcp],
    ['TLS', 'native', tls],
    ['TCP', 'cef', tcp],
    ['TLS', 'leef', tls],
    ['TCP', 'text', tcp],
    ['TLS', 'ocsf', tls],
    ['TLS', 'ecs', tls],
  ] as const)('over %s it parses every %s message as it was written', async (transport, encoding, at) => {
    const input = { ...at(), encoding, appName: `${transport}-${encoding}` }
    const parsed = await sendAndRead(input, sampleEvents)
    const written = writtenOf(input, sampleEvents)
    expect(parsed.map(({ rawmsg }) => rawmsg)).toEqual(written)
    for (const [index, found] of parsed.entries()) {
      const ours = parseRfc5424(written[index] ?? '')
      const [element = ''] = (written[index] ?? '').match(/\[spoor@.*?[^\\]"\]/s) ?? []
      expect(found).toMatchObject({
        pri: String(ours.facility * 8 + ours.severity),
        hostname: ours.hostname,
        msgid: ours.msgId,
        msg: ours.message,
        'structured-data': element,
      })
    }
  })

  test('newlines within an event come through as JSON has them', async () => {
    const event = outgoingEvent({ type: 'a', action: 'b', message: 'one\ntwo\r\n"three" \\ ü 🦊' })
    const [found] = await sendAndRead({ ...tcp(), appName: 'newlines' }, [event])
    expect(JSON.parse(found?.msg ?? '').message).toBe('one\ntwo\r\n"three" \\ ü 🦊')
  })

  test('newline framing carries the same messages', async () => {
    const input = { ...tcp(), framing: 'newline', appName: 'lines' }
    const parsed = await sendAndRead(input, sampleEvents)
    const written = writtenOf({ ...input, framing: 'octet_counting' }, sampleEvents)
    expect(parsed.map(({ rawmsg }) => rawmsg)).toEqual(written)
  })

  test('the longest message that it takes arrives whole, and a longer one short and marked', async () => {
    const event = (length: number) =>
      outgoingEvent({ type: 'a', action: 'b', data: { text: 'ü'.repeat(length) } }, { seq: length })
    const [whole, short] = await sendAndRead({ ...tls(), appName: 'long' }, [event(29_000), event(30_000)])
    expect(JSON.parse(whole?.msg ?? '').data.text).toHaveLength(29_000)
    expect(short?.['structured-data']).toContain('truncated="true"')
    expect(short?.msg).toBe('a: b')
  })

  test.each([
    ['TCP', tcp],
    ['TLS', tls],
  ] as const)('ten thousand events over %s arrive in order', async (name, at) => {
    const input = { ...at(), appName: `many-${name}` }
    const destination = destinationOf(input)
    const events = Array.from({ length: 10_000 }, (_, seq) =>
      outgoingEvent({ type: 'relay', action: 'sent' }, { seq }),
    )
    for (let from = 0; from < events.length; from += 1_000) {
      const delivery = deliveryOf(syslogKind, destination, events.slice(from, from + 1_000), { owner: name })
      expect(delivery.events).toBe(1_000)
      expect(await destination.send(delivery, outsideTools)).toMatchObject({ verdict: 'delivered' })
    }
    await vi.waitFor(() => expect(parsedOf(input.appName).length).toBe(events.length), {
      timeout: 20_000,
      interval: 500,
    })
    const seqs = parsedOf(input.appName).map(({ msg }) => JSON.parse(msg).seq)
    expect(seqs).toEqual(events.map(({ seq }) => seq))
  })

  test('a client that does not trust its certificate sends nothing', async () => {
    const destination = destinationOf({ port: peer().tlsPort, appName: 'untrusting' })
    const outcome = await destination.send(deliveryOf(syslogKind, destination, sampleEvents), outsideTools)
    expect(outcome).toMatchObject({ verdict: 'failed', message: expect.stringContaining('certificate') })
    expect(parsedOf('untrusting')).toEqual([])
  })
})
