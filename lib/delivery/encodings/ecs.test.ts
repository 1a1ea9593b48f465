import { isIP } from 'node:net'
import { describe, expect, test } from 'vitest'
import { matchedSamples } from '@/lib/delivery/testing/matched'
import { outgoingEvent } from '@/lib/delivery/testing/outgoing'
import type { EventInput } from '@/lib/event/event-input'
import { toEcs } from './ecs'
import { longEvent, sampleEvents } from './testing/sample-events'

/** `event.type` values that ECS 8.17 expects with the categories that we use. */
const EXPECTED_TYPES: Record<string, readonly string[]> = {
  authentication: ['start', 'end', 'info'],
  configuration: ['access', 'change', 'creation', 'deletion', 'info'],
  iam: ['admin', 'change', 'creation', 'deletion', 'group', 'info', 'user'],
}

/** Fields of ECS 8.17 that we write; anything else belongs under our own name. */
const FIELDS = new Set([
  ...['@timestamp', 'message', 'ecs.version', 'log.level', 'organization.name', 'user_agent.original'],
  ...[
    'event.kind',
    'event.category',
    'event.type',
    'event.id',
    'event.sequence',
    'event.action',
    'event.code',
  ],
  ...['event.outcome', 'event.severity', 'event.created', 'event.module', 'event.dataset', 'event.provider'],
  ...['event.hash', 'user.name', 'user.id', 'user.full_name', 'user.domain', 'user.effective.name'],
  ...['user.effective.id', 'user.effective.full_name', 'user.effective.domain', 'user.target.name'],
  ...[
    'user.target.id',
    'user.target.full_name',
    'user.target.domain',
    'group.name',
    'group.id',
    'group.domain',
    'source.address',
  ],
  ...['source.ip', 'source.domain', 'destination.address', 'destination.ip', 'destination.domain'],
  ...['related.user', 'related.ip', 'related.hosts'],
])

function pathsOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, path ? `${path}.${name}` : name))
}

type Ecs = {
  event: { category?: string[]; type: string[] }
  source?: { ip?: string; address?: string }
  related?: { ip?: string[] }
}
const written = (input: Partial<EventInput>): Ecs =>
  JSON.parse(toEcs(outgoingEvent({ type: 'log', action: 'done', ...input }), { tenant: 'acme' }))

test('every event has only fields that ECS knows, or that stand under spoor', () => {
  for (const event of [...sampleEvents, longEvent, ...matchedSamples]) {
    const { spoor: _, ...standard } = JSON.parse(toEcs(event, { tenant: 'acme' }))
    expect(pathsOf(standard, '').filter((path) => !FIELDS.has(path))).toEqual([])
  }
})

test('categories come with types that ECS expects with them', () => {
  for (const event of sampleEvents) {
    const { category = [], type } = JSON.parse(toEcs(event, { tenant: 'acme' })).event
    for (const name of category) expect(EXPECTED_TYPES[name]).toEqual(expect.arrayContaining(type))
  }
})

const account = { type: 'account', name: 'jane' }
describe('what was done is told in the words of ECS', () => {
  const rows: [string, Partial<EventInput>, string[] | undefined, string[]][] = [
    ['a sign-in', { action: 'signed in' }, ['authentication'], ['start']],
    ['a sign-out', { action: 'logout' }, ['authentication'], ['end']],
    ['a new account', { action: 'added', targets: [account] }, ['iam'], ['user', 'creation']],
    ['a role given', { action: 'added', targets: [account, { type: 'role' }] }, ['iam'], ['user', 'change']],
    ['a deleted group', { action: 'deleted', targets: [{ type: 'group' }] }, ['iam'], ['group', 'deletion']],
    ['a changed setting', { action: 'set', targets: [{ type: 'setting' }] }, ['configuration'], ['change']],
    ['anything else', { action: 'sent' }, undefined, ['info']],
  ]
  test.each(rows)('%s', (_, input, category, type) => {
    expect(written(input).event).toMatchObject({ ...(category && { category }), type })
    expect(written(input).event.category).toEqual(category)
  })
})

test('only addresses stand in fields of addresses, or Elasticsearch would refuse the event', () => {
  const masked = outgoingEvent({ type: 'a', action: 'b', actor: { ip: '203.0.113.9' }, source: 'web-1' })
  const body = masked.body.replace('203.0.113.9', 'hmac:0123456789abcdef')
  const { source, related } = JSON.parse(toEcs({ ...masked, body }, { tenant: 'acme' })) as Ecs
  expect(source).toEqual({ address: 'hmac:0123456789abcdef', domain: 'web-1' })
  expect((related?.ip ?? []).every((ip) => isIP(ip) !== 0)).toBe(true)
})
