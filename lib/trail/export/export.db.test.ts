import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import type { EventInput } from '@/lib/event/event-input'
import type { StoredEvent } from '@/lib/event/stored-event'
import { createToken } from '@/lib/tokens/create'
import { revokeToken } from '@/lib/tokens/revoke'
import { exportRoute } from '@/lib/trail/export-route'
import type { TrailFilter } from '@/lib/trail/filter'
import { listEvents } from '@/lib/trail/list'
import { newTokenClient, type TokenClient } from '@/lib/trail/testing/token-client'
import { exportEvents } from './export-events'
import { exportSchema } from './input'
import { readChunks } from './read-chunks'
import { findExport } from './running-exports'

useTestDatabase()

type Told = { export: { outcome?: string } }

const ODD = 'line\nbreak, "quotes" \u2028 \\ ä 😀 =1+1'

/** Some hundred events, of which each fifth is an error. */
async function fill(client: TokenClient, count: number, more: Partial<EventInput> = {}): Promise<void> {
  for (let start = 0; start < count; start += 1000) {
    const events = Array.from({ length: Math.min(1000, count - start) }, (_, i) => ({
      type: 'export',
      action: 'tried',
      level: i % 5 === 0 ? 'error' : 'info',
      message: `${start + i} ${ODD}`,
      actor: { login: `user-${i % 7}` },
      ...more,
    }))
    expect((await client.post({ events })).status).toBe(201)
  }
}

const textOf = (body: ReadableStream<Uint8Array>) => new Response(body).text()
const request = (more: object = {}) => exportSchema.parse(more)

async function listAll(
  scope: TenantScope,
  filter: TrailFilter,
  order: 'asc' | 'desc',
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  let cursor: string | undefined
  do {
    const page = await listEvents(scope, filter, { order, cursor, limit: 97 })
    events.push(...page.events)
    cursor = page.next ?? undefined
  } while (cursor)
  return events
}

const ours = (scope: TenantScope) =>
  listEvents(
    scope,
    { code: { include: ['TRAIL_EXPORT_STARTED', 'TRAIL_EXPORTED'], exclude: [] } },
    { order: 'asc' },
  )

test('an export is every page of the list after another, byte for byte, in either order', async () => {
  const client = await newTokenClient()
  await newTokenClient().then((other) => fill(other, 20))
  await fill(client, 700)
  for (const order of ['asc', 'desc'] as const) {
    const filter: TrailFilter = {
      level: { include: ['error'], exclude: [] },
      type: { include: ['export'], exclude: [] },
    }
    const listed = await listAll(client.scope, filter, order)
    expect(listed).toHaveLength(140)
    const { body } = await exportEvents(client.scope, filter, request({ order }))
    expect(await textOf(body)).toBe(listed.map((event) => `${JSON.stringify(event)}\n`).join(''))
    const { body: array } = await exportEvents(client.scope, filter, request({ order, format: 'json' }))
    expect(JSON.parse(await textOf(array))).toEqual(listed)
  }
})

test('an unfiltered export holds the trail as it was when it began, and says up to where', async () => {
  const client = await newTokenClient()
  await fill(client, 50)
  const started = await exportEvents(client.scope, {}, request())
  await fill(client, 5)
  const seqs = (await textOf(started.body))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).seq)
  expect(started.firstSeq).toBe(0)
  expect(seqs).toEqual(Array.from({ length: started.throughSeq + 1 }, (_, i) => i))
  const later = await exportEvents(
    client.scope,
    { type: { include: ['export'], exclude: [] } },
    request({ after: started.throughSeq }),
  )
  expect((await textOf(later.body)).trim().split('\n')).toHaveLength(5)
})

test('chunks follow each other without gap or repetition, also where they are cut by their bytes', async () => {
  const client = await newTokenClient()
  for (let i = 0; i < 12; i++) await fill(client, 60, { data: { filler: 'x'.repeat(20_000) } })
  for (const order of ['asc', 'desc'] as const) {
    const range = { order, afterSeq: -1, throughSeq: 700, nowMs: Date.now() }
    const seqs: number[] = []
    let chunks = 0
    let expected = order === 'asc' ? 0 : 700
    for await (const chunk of readChunks(client.scope, {}, range)) {
      chunks++
      expect(order === 'asc' ? chunk.fromSeq : chunk.toSeq).toBe(expected)
      expected = order === 'asc' ? chunk.toSeq + 1 : chunk.fromSeq - 1
      seqs.push(...chunk.lines.split('\n').map((line) => JSON.parse(line).seq))
      expect(chunk.lines.length).toBeLessThan(10 * 1024 * 1024)
    }
    expect(chunks).toBeGreaterThan(1)
    const ascending = order === 'asc' ? seqs : seqs.toReversed()
    expect(ascending).toEqual(ascending.map((_, i) => i))
    expect(ascending.at(-1)).toBe(Math.min(700, ascending.length - 1))
  }
})

test('CSV has a header, one record an event, harmless cells, and JSON for nested values', async () => {
  const client = await newTokenClient()
  await client.post({
    type: 'export',
    action: '=HYPERLINK("x")',
    message: '+1',
    data: { a: [1, '=2'] },
    count: 3,
  })
  const filter: TrailFilter = { type: { include: ['export'], exclude: [] } }
  const { body } = await exportEvents(client.scope, filter, request({ format: 'csv' }))
  const [header, record, end] = (await textOf(body)).split('\r\n')
  expect(header).toMatch(/^id,seq,receivedAt,occurredAt,type,level,action,/)
  expect(record).toContain(`,"'=HYPERLINK(""x"")",`)
  expect(record).toContain(`,'+1,`)
  expect(record).toContain(`,"{""a"":[1,""=2""]}",`)
  expect(end).toBe('')
})

test('fields=target writes the collection names, with the workspace as mandant', async () => {
  const client = await newTokenClient()
  await fill(client, 2)
  const filter: TrailFilter = { type: { include: ['export'], exclude: [] } }
  const { body } = await exportEvents(client.scope, filter, request({ fields: 'target' }))
  const [first] = (await textOf(body)).split('\n').map((line) => line && JSON.parse(line))
  expect(Object.keys(first)).toHaveLength(47)
  expect(first).toMatchObject({
    mandant: client.scope.tenantSlug,
    family: 'export',
    whologin: 'user-0',
    custom1: '',
  })
})

test('an empty export is a whole file', async () => {
  const { scope } = await newTokenClient()
  const none: TrailFilter = { type: { include: ['nothing'], exclude: [] } }
  const texts = ['ndjson', 'json', 'csv'].map(async (format) =>
    textOf((await exportEvents(scope, none, request({ format }))).body),
  )
  const [ndjson, json, csv] = await Promise.all(texts)
  expect(ndjson).toBe('')
  expect(JSON.parse(json ?? '')).toEqual([])
  expect(csv?.split('\r\n')).toHaveLength(2)
})

test('start and end are events of the trail, with the filter, the format and the number', async () => {
  const client = await newTokenClient()
  await fill(client, 30)
  const filter: TrailFilter = { type: { include: ['export'], exclude: [] }, minLevel: 'error' }
  const { body, throughSeq } = await exportEvents(client.scope, filter, request({ format: 'csv' }))
  await textOf(body)
  const { events } = await ours(client.scope)
  const facts = {
    format: 'csv',
    fields: 'native',
    order: 'asc',
    filter: 'type=export&minLevel=error',
    firstSeq: 0,
    throughSeq,
  }
  expect(events.map(({ code, data }) => [code, data])).toEqual([
    ['TRAIL_EXPORT_STARTED', { export: facts }],
    ['TRAIL_EXPORTED', { export: { ...facts, events: 6, outcome: 'finished' } }],
  ])
  expect(events[1]).toMatchObject({ status: 'success', actor: { id: client.scope.principal.id } })
})

test('a reader who leaves stops it, and the trail says how much was taken', async () => {
  const client = await newTokenClient()
  for (let i = 0; i < 3; i++) await fill(client, 5000)
  const { body } = await exportEvents(client.scope, {}, request(), 'watched')
  const reader = body.getReader()
  await reader.read()
  const { progress } = findExport(client.scope, 'watched')
  expect(progress).toMatchObject({ state: 'running', events: 10_000 })
  await reader.cancel()
  expect(progress.state).toBe('cancelled')
  await expect
    .poll(async () => (await ours(client.scope)).events.at(-1)?.data)
    .toMatchObject({
      export: { events: 10_000, outcome: 'cancelled' },
    })
})

test('one that is cancelled from our side, or that breaks, ends with an error and never as a whole file', async () => {
  const client = await newTokenClient()
  await fill(client, 10)
  const cancelled = await exportEvents(client.scope, {}, request({ format: 'json' }), 'mine')
  findExport(client.scope, 'mine').cancel()
  await expect(textOf(cancelled.body)).rejects.toThrow()

  const { body } = await exportEvents(client.scope, {}, request({ format: 'json' }), 'broken')
  const { endStreams } = await import('@/lib/http/open-streams')
  endStreams()
  await expect(textOf(body)).rejects.toThrow()
  const outcomes = async () =>
    (await ours(client.scope)).events.map(({ status, data }) => [status, (data as Told).export.outcome])
  await expect.poll(outcomes).toContainEqual(['fail', 'broken'])
  expect(await outcomes()).toContainEqual(['success', 'cancelled'])
})

test('a token that is revoked takes events for seconds only, and never a whole file', async () => {
  const client = await newTokenClient()
  for (let i = 0; i < 3; i++) await fill(client, 5000)
  const { id, secret } = await createToken(client.scope, { name: 'short', scopes: ['events:read'] })
  const headers = { authorization: `Bearer ${secret}` }
  const response = await exportRoute.GET(new Request('http://localhost/x', { headers }), undefined)
  const reader = response.body?.getReader()
  await reader?.read()
  await revokeToken(client.scope, { id })
  await expect
    .poll(async () => (await ours(client.scope)).events.at(-1)?.data, { timeout: 6_000 })
    .toMatchObject({ export: { outcome: 'broken' } })
  await expect(reader?.read()).rejects.toThrow()
})

test('a workspace runs a few at a time, and whoever asks for another is told to wait', async () => {
  const client = await newTokenClient()
  const other = await newTokenClient()
  const waiting = await Promise.all([1, 2, 3].map(() => exportEvents(client.scope, {}, request())))
  await expect(exportEvents(client.scope, {}, request())).rejects.toMatchObject({ code: 'rate_limited' })
  await textOf((await exportEvents(other.scope, {}, request(), 'theirs')).body)
  expect(() => findExport(client.scope, 'theirs')).toThrow('knows no such export')
  await Promise.all(waiting.map(({ body }) => body.cancel()))
  await textOf((await exportEvents(client.scope, {}, request())).body)
})
