import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { matchedSamples } from '@/lib/delivery/testing/matched'
import { outgoingEvent } from '@/lib/delivery/testing/outgoing'
import type { EventInput } from '@/lib/event/event-input'
import { toOcsf } from './ocsf'
import { longEvent, sampleEvents } from './testing/sample-events'

const text = { type: 'string', minLength: 1 }
const whole = { type: 'integer' }
const object = (properties: Record<string, unknown>, required: string[] = [], oneOf: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...(oneOf.length > 0 && { anyOf: oneOf.map((name) => ({ required: [name] })) }),
})

const named = (more: Record<string, unknown> = {}) =>
  object({ name: text, uid: text, ...more }, [], ['name', 'uid'])
const user = named({
  ...{ full_name: text, uid_alt: text, org: named(), domain: text },
  type: text,
  type_id: { enum: [0, 1, 2, 3, 4, 99] },
})
const session = object({ uid: text })
const endpoint = object({ ip: text, name: text, hostname: text }, [], ['ip', 'name', 'hostname'])
const metadata = object(
  {
    version: { const: '1.6.0' },
    product: object({ name: text, vendor_name: text }, ['name']),
    uid: text,
    sequence: whole,
    tenant_uid: text,
    log_name: text,
    log_level: text,
    log_provider: text,
    event_code: text,
    original_time: text,
    logged_time: whole,
  },
  ['product', 'version'],
)

/** Attributes that every class requires, and the optional ones that we use. */
const base = {
  class_uid: whole,
  class_name: text,
  category_uid: whole,
  activity_id: whole,
  activity_name: text,
  type_uid: whole,
  time: whole,
  severity_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
  severity: text,
  status_id: { enum: [0, 1, 2, 99] },
  status: text,
  message: text,
  count: whole,
  metadata,
  unmapped: { type: 'object' },
}
const baseRequired = [
  'activity_id',
  'category_uid',
  'class_uid',
  'metadata',
  'severity_id',
  'time',
  'type_uid',
]
const upTo = (last: number) => ({ enum: [0, ...Array.from({ length: last }, (_, i) => i + 1), 99] })

const iam = {
  actor: object({ user, session }, [], ['user', 'session']),
  src_endpoint: endpoint,
  http_request: object({ user_agent: text }),
}
const classOf = (
  own: Record<string, unknown>,
  required: string[],
  activities: number,
  oneOf: string[] = [],
) => object({ ...base, activity_id: upTo(activities), ...own }, [...baseRequired, ...required], oneOf)

/** Written by hand from the published schema, version 1.6.0: what each class requires, and no name that it lacks. */
const CLASSES: Record<number, object> = {
  0: classOf({}, [], 0),
  3001: classOf({ ...iam, user }, ['user'], 12),
  3002: classOf({ ...iam, user, session, service: named(), dst_endpoint: endpoint }, ['user'], 7, [
    'service',
    'dst_endpoint',
  ]),
  3004: classOf(
    { ...iam, entity: named({ type: text, type_id: { enum: [0, 1, 2, 3, 4, 5, 6, 7, 99] } }) },
    ['entity'],
    13,
  ),
  3005: classOf(
    { ...iam, user, privileges: { type: 'array', items: text, minItems: 1 } },
    ['user', 'privileges'],
    2,
  ),
  3006: classOf({ ...iam, group: named({ type: text, domain: text }), user }, ['group'], 8),
  6003: classOf(
    {
      ...iam,
      dst_endpoint: endpoint,
      api: object({ operation: text, service: named() }, ['operation']),
      resources: { type: 'array', items: named({ type: text }), minItems: 1 },
    },
    ['actor', 'api', 'src_endpoint'],
    4,
  ),
}

const ajv = new Ajv({ allErrors: true, strictRequired: false })
const validators = new Map(Object.entries(CLASSES).map(([uid, schema]) => [Number(uid), ajv.compile(schema)]))

type Ocsf = { class_uid: number; category_uid: number; activity_id: number; type_uid: number; user?: unknown }
const classify = (input: Partial<EventInput>): Ocsf =>
  JSON.parse(toOcsf(outgoingEvent({ type: 'log', action: 'done', ...input }), { tenant: 'acme' }))

test('every event is valid in its class, and its type and category follow from class and activity', () => {
  for (const event of [...sampleEvents, longEvent, ...matchedSamples]) {
    const written = JSON.parse(toOcsf(event, { tenant: 'acme' })) as Ocsf
    const validate = validators.get(written.class_uid)
    expect(validate?.(written), JSON.stringify(validate?.errors)).toBe(true)
    expect(written.type_uid).toBe(written.class_uid * 100 + written.activity_id)
    expect(written.category_uid).toBe(Math.floor(written.class_uid / 1000))
  }
})

const actor = { login: 'jdoe', ip: '203.0.113.9' }
const account = { type: 'account', name: 'jane' }
const group = { type: 'group', name: 'Auditors' }
const role = { type: 'role', name: 'Owner' }
const thing = { type: 'report', id: 'r-1' }

describe('the class that says most is chosen', () => {
  const rows: [string, Partial<EventInput>, number][] = [
    ['a sign-in', { action: 'signed in', actor }, 300201],
    ['a sign-out by its code', { action: 'event', code: 'USER_LOGGED_OUT', actor }, 300202],
    ['a sign-in by nobody', { action: 'signed in' }, 99],
    ['a new account', { action: 'created', targets: [account] }, 300101],
    ['a changed password', { action: 'password changed', targets: [account] }, 300103],
    ['a password that was reset', { action: 'reset password', targets: [account] }, 300104],
    ['a locked account', { action: 'locked', targets: [account] }, 300109],
    ['an account of which something else changed', { action: 'renamed', targets: [account] }, 300199],
    ['a deleted device', { action: 'deleted', targets: [{ type: 'Device', name: 'x' }] }, 300404],
    ['a report that was read', { action: 'viewed', targets: [thing], actor }, 300402],
    ['something unknown done to a thing', { action: 'polished', targets: [thing] }, 300499],
    ['a role that was given', { action: 'granted', targets: [account, role] }, 300501],
    ['a role that was taken', { action: 'removed', targets: [role, account] }, 300502],
    ['a new member of a group', { action: 'added', targets: [account, group] }, 300603],
    ['a member that left', { action: 'removed', targets: [group, account] }, 300604],
    ['a new group', { action: 'created', targets: [group] }, 300606],
    ['a call without a target', { action: 'DescribeInstances', actor }, 600302],
    ['a call that no verb fits', { action: 'AssumeRole', actor }, 600399],
    ['a call from nowhere', { action: 'AssumeRole', actor: { login: 'jdoe' } }, 99],
    ['a target without a name', { action: 'deleted', targets: [{ type: 'account' }] }, 99],
  ]
  test.each(rows)('%s', (_, input, typeUid) => {
    expect(classify(input).type_uid).toBe(typeUid)
  })
})

test('a user of an unknown kind is another one, also if its kind is called like a property of objects', () => {
  expect(classify({ action: 'signed in', actor: { login: 'a', type: 'constructor' } }).user).toEqual({
    name: 'a',
    type: 'constructor',
    type_id: 99,
  })
})
