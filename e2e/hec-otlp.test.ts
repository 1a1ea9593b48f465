import { type AnyValueMap, SeverityNumber } from '@opentelemetry/api-logs'
import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import splunk from 'splunk-logging'
import { startNextServer } from './fixtures/next-server'
import { createTenant, type Tenant } from './fixtures/operator'
import { sendRaw } from './fixtures/raw-request'
import { expect, test } from './fixtures/test'

async function readEvents(url: string, { token }: Tenant): Promise<Record<string, unknown>[]> {
  const query = 'order=asc&after=-1&limit=1000'
  const response = await fetch(`${url}/api/v1/events?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { events } = await response.json()
  return events.filter(({ origin }: { origin: string }) => origin.startsWith('token:'))
}

type SplunkAnswer = { text: string; code: number }

function newSplunkLogger(url: string, token: string, config: { maxBatchCount?: number } = {}) {
  const logger = new splunk.Logger({ url, token, ...config })
  const errors: string[] = []
  logger.error = ({ message, code }) => errors.push(`${code}: ${message}`)
  const send = (context: Parameters<typeof logger.send>[0]) =>
    new Promise<SplunkAnswer>((resolve, reject) =>
      logger.send(context, (error, _, body) => (error ? reject(error) : resolve(body))),
    )
  const flush = () =>
    new Promise<SplunkAnswer>((resolve, reject) =>
      logger.flush((error, _, body) => (error ? reject(error) : resolve(body))),
    )
  return { logger, send, flush, errors }
}

test("Splunk's own client sends, alone and in batches, and its events can be read", async ({ spoor }) => {
  const tenant = await createTenant(spoor.dataDir, 'splunk')
  const single = newSplunkLogger(spoor.url, tenant.token)
  const metadata = {
    time: 1767225600123,
    host: 'web-1',
    source: 'shop',
    sourcetype: 'shop:audit',
    index: 'main',
  }
  expect(
    await single.send({
      message: { action: 'refunded', user: 'ada', src_ip: '203.0.113.9', order: 7 },
      severity: 'warn',
      metadata,
    }),
  ).toMatchObject({ text: 'Success', code: 0 })
  expect(await single.send({ message: 'a plain text' })).toMatchObject({ code: 0 })

  const batch = newSplunkLogger(spoor.url, tenant.token, { maxBatchCount: 0 })
  for (let i = 0; i < 50; i++)
    batch.logger.send({ message: { type: 'shop', action: 'counted', count: i + 1 } })
  expect(await batch.flush()).toMatchObject({ code: 0 })
  expect([...single.errors, ...batch.errors]).toEqual([])

  const events = await readEvents(spoor.url, tenant)
  expect(events).toHaveLength(52)
  expect(events[0]).toMatchObject({
    type: 'shop.audit',
    action: 'refunded',
    level: 'warning',
    occurredAt: '2026-01-01T00:00:00.123Z',
    source: 'web-1',
    actor: { login: 'ada', ip: '203.0.113.9' },
    data: {
      source: 'shop',
      sourcetype: 'shop:audit',
      index: 'main',
      event: {
        message: { action: 'refunded', user: 'ada', src_ip: '203.0.113.9', order: 7 },
        severity: 'warn',
      },
    },
  })
  expect(events[1]).toMatchObject({
    type: 'splunk',
    action: 'logged',
    message: 'a plain text',
    level: 'info',
  })
  expect(events.slice(2).map(({ type, action, count }) => [type, action, count])).toEqual(
    Array.from({ length: 50 }, (_, i) => ['shop', 'counted', i + 1]),
  )
})

test("Splunk's own client is told in its own words that its token is not valid", async ({ spoor }) => {
  const { send, errors } = newSplunkLogger(spoor.url, 'spoor_nothing')
  expect(await send({ message: 'x' })).toMatchObject({ text: 'Invalid token', code: 4 })
  expect(errors).toEqual(['4: Invalid token'])
})

const EXPORTERS = { JSON: JsonExporter, protobuf: ProtobufExporter }

for (const [name, Exporter] of Object.entries(EXPORTERS)) {
  for (const compression of ['none', 'gzip'] as const) {
    test(`OpenTelemetry's SDK exports logs as ${name}, compression ${compression}`, async ({ spoor }) => {
      const tenant = await createTenant(spoor.dataDir, `otlp-${name.toLowerCase()}-${compression}`)
      const exporter = new Exporter({
        url: `${spoor.url}/v1/logs`,
        headers: { authorization: `Bearer ${tenant.token}` },
        compression: compression as never,
      })
      const provider = new LoggerProvider({
        resource: resourceFromAttributes({ 'service.name': 'billing', 'host.name': 'web-1' }),
        processors: [new BatchLogRecordProcessor({ exporter })],
      })
      const logger = provider.getLogger('Acme Billing', '2.1')
      const attributes: AnyValueMap = {
        'user.name': 'ada',
        'client.address': '203.0.113.9',
        'log.record.uid': 'r1',
        amount: 12.5,
        tags: ['a', 'b'],
        nested: { deep: [1, { x: true }] },
        bytes: new Uint8Array([1, 2, 3]),
      }
      const record = {
        eventName: 'invoice.refunded',
        severityNumber: SeverityNumber.WARN,
        severityText: 'WARN',
        timestamp: new Date('2026-01-01T00:00:00.123Z'),
        body: 'ada refunded invoice 7',
        attributes,
      }
      logger.emit(record)
      logger.emit(record)
      for (let i = 0; i < 600; i++) logger.emit({ body: { n: i }, severityNumber: SeverityNumber.INFO2 })
      await provider.forceFlush()
      await provider.shutdown()

      const events = await readEvents(spoor.url, tenant)
      expect(events[0]).toMatchObject({
        type: 'acme.billing',
        action: 'invoice.refunded',
        code: 'invoice.refunded',
        level: 'warning',
        message: 'ada refunded invoice 7',
        occurredAt: '2026-01-01T00:00:00.123Z',
        source: 'billing',
        actor: { login: 'ada', ip: '203.0.113.9' },
        dataSource: 'billing',
        externalRef: 'r1',
        data: {
          resource: { 'service.name': 'billing', 'host.name': 'web-1' },
          scope: { name: 'Acme Billing', version: '2.1' },
          severityText: 'WARN',
          attributes: { amount: 12.5, tags: ['a', 'b'], nested: { deep: [1, { x: true }] }, bytes: 'AQID' },
        },
      })
      expect(events).toHaveLength(601)
      expect(events.slice(1).every(({ level }) => level === 'notice')).toBe(true)
      expect(events.slice(1).map(({ data }) => (data as { body: { n: number } }).body.n)).toEqual(
        Array.from({ length: 600 }, (_, i) => i),
      )
    })
  }
}

test('a large request whose first event is bad is answered before it was read to its end', async ({
  spoor,
}) => {
  const tenant = await createTenant(spoor.dataDir, 'early')
  const body = Buffer.from(`{"event":""}${'{"event":"x"}'.repeat(400_000)}`)
  const answer = await sendRaw(spoor.url, {
    method: 'POST',
    path: '/services/collector/event',
    // Not back into the pool: the server may end this connection before all of the body is written.
    headers: {
      authorization: `Splunk ${tenant.token}`,
      connection: 'close',
      'content-length': String(body.length),
    },
    body,
  })
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    400,
    { text: 'Event field cannot be blank', code: 13, 'invalid-event-number': 0 },
  ])
  expect(await readEvents(spoor.url, tenant)).toEqual([])
  expect(spoor.output()).not.toMatch(/"level":"error"/)
})

test('many thousand events in one request are taken, and in order', async ({ spoor }) => {
  const tenant = await createTenant(spoor.dataDir, 'many')
  const body = Buffer.from(
    Array.from(
      { length: 20_000 },
      (_, i) => `{"event":{"message":"n${i}","filler":"${'x'.repeat(400)}"}}`,
    ).join(''),
  )
  const answer = await sendRaw(spoor.url, {
    method: 'POST',
    path: '/services/collector',
    headers: { authorization: `Splunk ${tenant.token}`, 'content-length': String(body.length) },
    body,
  })
  expect(answer.status).toBe(200)
  const page = await fetch(`${spoor.url}/api/v1/events?limit=2`, {
    headers: { authorization: `Bearer ${tenant.token}` },
  })
  const { events } = await page.json()
  expect(events.map(({ message }: { message: string }) => message)).toEqual(['n19999', 'n19998'])
})

test('the same ways in stand open on Next alone, without the front lane', async ({ spoor }) => {
  const tenant = await createTenant(spoor.dataDir, 'mounts-in')
  const requests = [
    { path: '/services/collector/event/1.0', scheme: 'Splunk', body: '{"event":"one"}{"event":"two"}' },
    { path: '/services/collector/raw?host=h', scheme: 'Splunk', body: 'three\nfour' },
    { path: '/services/collector/event', scheme: 'Splunk', body: '{"event":""}' },
    { path: '/services/collector/ack', scheme: 'Splunk', body: '{}' },
    { path: '/services/collector/nothing', scheme: 'Splunk', body: '{}' },
    { path: '/v1/logs', scheme: 'Bearer', body: '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{}]}]}]}' },
    { path: '/v1/logs', scheme: 'Bearer', body: '{"resourceLogs":7}' },
    { path: '/v1/logs', scheme: 'Splunk', body: '{}' },
  ]
  const next = await startNextServer(spoor.dataDir)
  try {
    for (const { path, scheme, body } of requests) {
      const headers = { authorization: `${scheme} ${tenant.token}`, 'content-type': 'application/json' }
      const answers = await Promise.all(
        [spoor.url, next.url].map(async (url) => {
          const response = await fetch(url + path, { method: 'POST', headers, body })
          return { status: response.status, answer: await response.json() }
        }),
      )
      expect(answers[1], `${path} ${body}`).toEqual(answers[0])
    }
  } finally {
    await next.end()
  }
  expect(await readEvents(spoor.url, tenant)).toHaveLength(10)
})
