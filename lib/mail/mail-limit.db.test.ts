import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { giveBackAllowance, takeAllowance } from './mail-limit'
import { sendTenantMail } from './send-tenant-mail'
import { type ScriptedSmtp, startScriptedSmtp } from './testing/scripted-smtp'

const LIMIT = 5
const database = useTestDatabase()
let smtp: ScriptedSmtp
let scope: TenantScope

beforeEach(async () => {
  smtp = await startScriptedSmtp()
  scope = await newMemberScope()
  vi.stubEnv('SPOOR_SMTP_URL', `smtp://127.0.0.1:${smtp.port}`)
  vi.stubEnv('SPOOR_MAIL_FROM', 'Spoor <spoor@acme.test>')
  vi.stubEnv('SPOOR_MAIL_PER_DAY', String(LIMIT))
})
afterEach(() => smtp.close())

const peopleOf = (count: number) => Array.from({ length: count }, (_, i) => `p${i}@acme.test`)
const send = (recipients: number, { tenantId } = scope, timeoutMs = 5_000) =>
  sendTenantMail(
    tenantId,
    { to: peopleOf(recipients), subject: 's', text: 't', messageId: '<a@spoor.test>' },
    { timeoutMs },
  )
const hours = () =>
  database.owner()`select letters from mail_hours where tenant_id = ${scope.tenantId} order by hour`
/** As if the letters so far had been sent so many hours ago. */
const age = (count: number) =>
  database.owner()`update mail_hours set hour = hour - ${count} * interval '1 hour' where tenant_id = ${scope.tenantId}`

test('a workspace sends so many letters a day, one for each recipient, and the next ones wait', async () => {
  expect(await send(3)).toMatchObject({ verdict: 'sent' })
  expect(await send(2)).toMatchObject({ verdict: 'sent' })
  const outcome = await send(1)
  expect(outcome).toMatchObject({
    verdict: 'failed',
    retryAfterMs: 3_600_000,
    message: expect.stringMatching(/its 5 letters of a day .* nothing is lost/),
  })
  expect(smtp.received).toHaveLength(2)
  expect(await hours()).toMatchObject([{ letters: 5 }])
})

test('what one workspace sends takes nothing from another', async () => {
  await send(LIMIT)
  expect(await send(1, await newMemberScope())).toMatchObject({ verdict: 'sent' })
})

test('after a day there is room again, and the old hours are forgotten', async () => {
  await send(LIMIT)
  await age(24)
  expect(await send(1)).toMatchObject({ verdict: 'failed' })
  await age(1)
  expect(await send(1)).toMatchObject({ verdict: 'sent' })
  expect(await hours()).toMatchObject([{ letters: 1 }])
})

test('a letter to more people than that goes where nothing went before', async () => {
  expect(await send(LIMIT + 2)).toMatchObject({ verdict: 'sent' })
  expect(await send(1)).toMatchObject({ verdict: 'failed' })
})

test('of many at a moment, the limit holds over all runners but for the few that pass together', async () => {
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => send(1)))
  const sent = outcomes.filter(({ verdict }) => verdict === 'sent').length
  expect(sent).toBeGreaterThanOrEqual(LIMIT)
  // As many as there are connections to the database.
  expect(sent).toBeLessThanOrEqual(LIMIT + 8)
  expect(smtp.received).toHaveLength(sent)
})

test.each([
  ['4yz', { RCPT: '451 greylisted' }],
  ['a cut connection', { EHLO: 'drop' }],
  ['a login that is the operator’s business', { MAIL: '530 authentication required' }],
  ['a server that takes letters from nobody', { greeting: '554 no mail here' }],
  ['a sender that the operator chose badly', { MAIL: '550 who are you' }],
])('%s costs nothing', async (_what, script) => {
  smtp.follow(script)
  for (let i = 0; i <= LIMIT; i++)
    expect(await send(1)).not.toMatchObject({ message: expect.stringContaining('of a day') })
  smtp.follow({})
  expect(await send(LIMIT)).toMatchObject({ verdict: 'sent' })
})

test('what is given back counted in the hour in which it was taken', async () => {
  const taken = await takeAllowance(scope.tenantId, 3)
  const other = await takeAllowance(scope.tenantId, 1)
  if (!taken.isAllowed || !other.isAllowed) return expect.fail()
  await age(1)
  const earlier = new Date(Date.parse(taken.hour) - 3_600_000).toISOString()
  await takeAllowance(scope.tenantId, 1)
  await giveBackAllowance(scope.tenantId, { ...taken, hour: earlier })
  expect(await hours()).toEqual([{ letters: 1 }, { letters: 1 }])
})

test('nobody finds out by our server which mailboxes there are: a refused recipient counts', async () => {
  smtp.follow({ RCPT: '550 nobody' })
  for (let i = 0; i < LIMIT; i++) expect(await send(1)).toMatchObject({ verdict: 'misconfigured' })
  expect(await send(1)).toMatchObject({ message: expect.stringContaining('of a day') })
})

test('an operator may keep the server to themselves', async () => {
  vi.stubEnv('SPOOR_MAIL_PER_DAY', '0')
  expect(await send(1)).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining('mail server of your own'),
  })
  expect(smtp.received).toEqual([])
})
