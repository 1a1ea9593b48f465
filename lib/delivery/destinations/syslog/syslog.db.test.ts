import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseRfc5424 } from '@/lib/delivery/encodings/testing/parse-rfc5424'
import { addDestination, appendNumbered, numbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { readFrames, type SyslogServer, startSyslogServer } from './testing/syslog-server'

const deliveries = useDeliveries()
let server: SyslogServer

beforeEach(async () => {
  server = await startSyslogServer()
})
afterEach(async () => {
  await server.close()
})

test('the engine sends events in order, masked as the destination wants it, and the checkpoint with the last', async () => {
  const { scope } = deliveries
  const { port } = server
  const id = await addDestination(scope, {
    kind: 'syslog',
    host: '127.0.0.1',
    port,
    transport: 'tcp',
    masking: ['hash:actor.login', 'remove:source'],
  })
  await appendNumbered(scope, 5, () => ({ actor: { login: 'geheim' }, source: 'geheim.example' }))
  await deliveries.run()
  await vi.waitFor(() => expect(server.arrived[0]?.bytes.length).toBeGreaterThan(0))
  const bytes = server.arrived[0]?.bytes ?? Buffer.alloc(0)
  const messages = readFrames(bytes).map(parseRfc5424)
  const events = messages.map(({ message }) => JSON.parse(message))
  expect(events.map(({ message }) => message).filter((text) => /^n\d$/.test(text ?? ''))).toEqual(numbered(5))
  expect(bytes.toString()).not.toContain('geheim')
  expect(new Set(messages.map(({ params }) => params.actor).filter(Boolean)).size).toBeGreaterThan(0)
  expect(events.at(-1).checkpoint).toMatch(/\n/)
  const [attempt] = await deliveries.rows('delivery_attempts', id)
  expect(attempt).toMatchObject({
    outcome: 'delivered',
    request: expect.stringMatching(/^syslog over TCP to 127\.0\.0\.1:/),
  })
})
