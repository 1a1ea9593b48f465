import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { OWN_CODES, type OwnCodeName } from '@/lib/catalog/own-codes'
import { channelInputShape } from '@/lib/delivery/destinations/channel-config'
import type { EventInput } from '@/lib/event/event-input'
import { toTrailFilter } from '@/lib/forwarding/destination-filter'
import { appendWithin } from '@/lib/trail/append-within'
import { listEvents } from '@/lib/trail/list'
import { CHANNEL_PRESETS } from './presets'

useTestDatabase()
let scope: TenantScope

beforeEach(async () => {
  scope = await newMemberScope()
})

const own = (code: OwnCodeName, fields: Partial<EventInput> = {}): EventInput => {
  const { type, action, level, status } = OWN_CODES[code]
  return { type, action, level, status, code, ...fields }
}
const app = (action: string, status?: 'success' | 'fail', targetType?: string): EventInput => ({
  type: 'shop',
  action,
  ...(status && { status }),
  ...(targetType && { targets: [{ type: targetType, name: 'x' }] }),
})
const withTarget = (code: OwnCodeName, type: string) => own(code, { targets: [{ type, name: 'x' }] })

const FAILED_SIGN_INS = {
  hits: [
    own('USER_AUTH_FAILED_UNKNOWN_USER'),
    own('USER_AUTH_FAILED_WRONG_PASSWORD'),
    own('USER_AUTH_FAILED_LOCKED'),
    own('USER_AUTH_FAILED_LINK'),
    app('signed in', 'fail'),
    app('login', 'fail'),
    app('ConsoleLogin', 'fail'),
  ],
  misses: [
    own('USER_LOGGED_IN'),
    own('USER_LOGGED_OUT'),
    own('DESTINATION_FAILING'),
    app('signed in', 'success'),
    app('signed in'),
    app('sent', 'fail'),
  ],
}

/** By each preset: events that it tells of, and neighbours of theirs that it must not tell of. */
const CASES: Record<string, { hits: EventInput[]; misses: EventInput[] }> = {
  'failed-sign-ins-by-account': FAILED_SIGN_INS,
  'failed-sign-ins-from-address': FAILED_SIGN_INS,
  'deletions-by-actor': {
    hits: [
      own('VIEW_REMOVED'),
      own('DESTINATION_REMOVED'),
      app('deleted', 'success'),
      app('purged'),
      app('delete'),
    ],
    misses: [own('VIEW_CREATED'), app('deleted', 'fail'), app('updated', 'success'), app('undeleted')],
  },
  'token-changes': {
    hits: [
      withTarget('API_TOKEN_ADDED', 'token'),
      withTarget('API_TOKEN_REVOKED', 'token'),
      app('rotated', 'success', 'api key'),
      app('created', undefined, 'api_token'),
    ],
    misses: [
      app('invoked', 'success', 'token'),
      app('created', 'fail', 'token'),
      app('created', 'success', 'file'),
      own('TRAIL_READ'),
    ],
  },
  'member-changes': {
    hits: [
      withTarget('USER_ADDED', 'user'),
      withTarget('USER_SIGNED_UP', 'user'),
      app('granted', 'success', 'role'),
      app('removed', undefined, 'member'),
    ],
    misses: [
      withTarget('USER_PASSWORD_SET', 'user'),
      withTarget('USER_LOGGED_IN', 'user'),
      app('removed', 'success', 'file'),
      app('granted', 'fail', 'role'),
    ],
  },
  'receivers-lost': {
    hits: [
      own('DESTINATION_REMOVED'),
      own('DESTINATION_PAUSED'),
      own('DESTINATION_DISABLED'),
      own('DESTINATION_EVENTS_SKIPPED'),
      own('DESTINATION_SKIPPED'),
    ],
    misses: [own('DESTINATION_ADDED'), own('DESTINATION_RESUMED'), own('DESTINATION_UPDATED'), app('paused')],
  },
  'retention-and-erasure': {
    hits: [
      own('RETENTION_SET'),
      own('ERASURE_REQUESTED'),
      own('EVENTS_ERASED'),
      own('ERASURE_FINISHED'),
      own('LEGAL_HOLD_PLACED'),
      own('LEGAL_HOLD_RELEASED'),
    ],
    misses: [own('EVENTS_DROPPED'), own('LOG_SETTINGS_CHANGED')],
  },
  tampering: {
    hits: [own('TRAIL_TAMPERED'), own('TRAIL_TAMPERING_CLEARED')],
    misses: [own('LOG_OPENED'), own('LOG_KEY_ROTATED')],
  },
}

test('each preset has its cases', () => {
  expect(CHANNEL_PRESETS.map(({ name }) => name).sort()).toEqual(Object.keys(CASES).sort())
})

describe.each(CHANNEL_PRESETS)('$name', (preset) => {
  const { hits, misses } = CASES[preset.name] ?? { hits: [], misses: [] }

  test('lets through what it says, and nothing near it', async () => {
    const told = hits.map((event, i) => ({ ...event, externalRef: `hit ${i}` }))
    const untold = misses.map((event, i) => ({ ...event, externalRef: `miss ${i}` }))
    await inTenant(scope, (tx) => appendWithin(tx, scope.tenantId, 'token:test', [...told, ...untold]))
    const { events } = await listEvents(scope, toTrailFilter(preset), { order: 'asc' })
    const refs = events.map(({ externalRef }) => externalRef).filter(Boolean)
    expect(refs).toEqual(told.map(({ externalRef }) => externalRef))
  })

  test('fits into the form', () => {
    const { rule, filter } = preset
    expect(filter.length).toBeLessThanOrEqual(2_000)
    if (!rule) return
    expect(channelInputShape.ruleCount.parse(String(rule.count))).toBe(rule.count)
    expect(channelInputShape.ruleWithinSeconds.parse(String(rule.withinSeconds))).toBe(rule.withinSeconds)
    expect(channelInputShape.ruleQuietSeconds.parse(String(rule.quietSeconds))).toBe(rule.quietSeconds)
  })
})
