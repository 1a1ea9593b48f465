import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForMember } from '@/lib/access/scope-for-member'
import { signIn } from '@/lib/auth/sign-in'
import { newClient, type Person, signInAs, signUpSomebody } from '@/lib/auth/testing/people'
import { addChannel } from '@/lib/delivery/testing/channels'
import { appendNumbered } from '@/lib/delivery/testing/deliveries'
import { eraseValues } from '@/lib/erasure/erase-values'
import { toTrailFilter } from '@/lib/forwarding/destination-filter'
import { pauseDestination } from '@/lib/forwarding/pause'
import { removeDestination } from '@/lib/forwarding/remove'
import { skipEvents } from '@/lib/forwarding/skip-events'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import { setRetention } from '@/lib/retention/set'
import { createToken } from '@/lib/tokens/create'
import { revokeToken } from '@/lib/tokens/revoke'
import { listEvents } from '@/lib/trail/list'
import { createView } from '@/lib/views/create'
import { removeView } from '@/lib/views/remove'
import { estimateRule } from './estimate-rule'
import { CHANNEL_PRESETS } from './presets'

useTestDatabase()
let person: Person
let scope: TenantScope

beforeEach(async () => {
  person = await signUpSomebody()
  scope = await scopeForMember(await signInAs(person), person.workspace.slug, person.client)
})

const presetNamed = (name: string) =>
  CHANNEL_PRESETS.find((preset) => preset.name === name) ?? expect.fail(`there is no preset ${name}`)

/** What a preset tells of, by its codes. */
async function codesOf(name: string) {
  const { events } = await listEvents(scope, toTrailFilter(presetNamed(name)), { order: 'asc' })
  return events.map(({ code }) => code)
}

async function firesBy(name: string): Promise<number> {
  const { rule, ...chosen } = presetNamed(name)
  return (await estimateRule(scope, { ...chosen, rule: rule ?? expect.fail(`${name} has no rule`) })).fired
}

/** So many tries from an address of its own. */
async function failToSignIn(times: number): Promise<void> {
  const client = newClient()
  for (let i = 0; i < times; i++)
    await expect(signIn({ email: person.email, password: 'wrong' }, client)).rejects.toThrow()
}

test('who guesses the password of one account is told of, also from several addresses', async () => {
  await failToSignIn(4)
  expect(await firesBy('failed-sign-ins-by-account')).toBe(0)
  await failToSignIn(1)
  expect(await firesBy('failed-sign-ins-by-account')).toBe(1)
  expect(await firesBy('failed-sign-ins-from-address')).toBe(0)
})

test('what Spoor records of tokens, members, receivers and the trail itself is what the presets say', async () => {
  const { id: token } = await createToken(scope, {
    name: 'ci',
    scopes: ['events:read'],
    expiresAt: undefined,
  })
  await revokeToken(scope, { id: token })
  expect(await codesOf('token-changes')).toEqual(['API_TOKEN_ADDED', 'API_TOKEN_REVOKED'])
  expect(await codesOf('member-changes')).toEqual(['USER_SIGNED_UP'])

  const id = await addChannel(scope)
  await appendNumbered(scope, 2)
  await pauseDestination(scope, { id, role: 'channel' })
  await skipEvents(scope, { id, role: 'channel', reason: 'a drill' })
  await removeDestination(scope, { id, role: 'channel' })
  expect(await codesOf('receivers-lost')).toEqual([
    'DESTINATION_PAUSED',
    'DESTINATION_EVENTS_SKIPPED',
    'DESTINATION_REMOVED',
  ])

  await setRetention(scope, { days: 90, types: [], reason: 'law' })
  await eraseValues(scope, { seqs: [0], pointers: ['/actor'], reasonCode: 'mistake' })
  const hold = await placeHold(scope, { reason: 'case 7' })
  await releaseHold(scope, { id: hold.id, reason: 'closed' })
  expect(await codesOf('retention-and-erasure')).toEqual([
    'RETENTION_SET',
    'ERASURE_REQUESTED',
    'EVENTS_ERASED',
    'LEGAL_HOLD_PLACED',
    'LEGAL_HOLD_RELEASED',
  ])
})

test('ten things deleted by one person are an alarm', async () => {
  for (let i = 0; i < 10; i++) {
    const { id } = await createView(scope, { name: `v${i}`, query: '', visibility: 'own', isDefault: false })
    await removeView(scope, { id })
  }
  expect(await firesBy('deletions-by-actor')).toBe(1)
})
