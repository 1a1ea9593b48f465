import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { type ScriptedSmtp, startScriptedSmtp } from '@/lib/mail/testing/scripted-smtp'
import { tendStreams } from './tend-streams'

const given = useDeliveries()

let smtp: ScriptedSmtp

beforeEach(async () => {
  smtp = await startScriptedSmtp()
  vi.stubEnv('SPOOR_SMTP_URL', `smtp://127.0.0.1:${smtp.port}`)
  vi.stubEnv('SPOOR_MAIL_FROM', 'Spoor <spoor@example.com>')
  vi.stubEnv('SPOOR_PUBLIC_URL', 'https://spoor.example.com')
})
afterEach(() => smtp.close())

const tend = () => tendStreams({ budgetMs: 20_000 })

async function failingFor(interval: string, count = 1): Promise<string[]> {
  given.receiver.answer(answerWith(503, 'closed for <b>repairs</b>'))
  const ids: string[] = []
  for (let i = 0; i < count; i++)
    ids.push(await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] }))
  await appendNumbered(given.scope, 3)
  await given.run()
  await given.owner()`update delivery_streams set first_failure_at = now() - ${interval}::interval
    where tenant_id = ${given.scope.tenantId}`
  return ids
}

/** Quoted-printable, as far as plain words need it. */
const readable = (data: string) => data.replace(/=\r\n/g, '').replace(/=3D/g, '=')

async function addMember(role: string): Promise<string> {
  const email = `${role}-${given.scope.tenantSlug}@example.com`
  await given.owner()`
    with person as (insert into users (id, email, name) values (gen_random_uuid(), ${email}, ${role}) returning id)
    insert into members (tenant_id, user_id, role) select ${given.scope.tenantId}, id, ${role} from person`
  return email
}

test('a warning is mailed once, to those who may do something about it', async () => {
  const [id] = await failingFor('1 hour')
  const admin = await addMember('admin')
  await addMember('auditor')
  await addMember('member')
  await Promise.all([tend(), tend(), tend()])
  expect(smtp.received).toHaveLength(1)
  const [letter] = smtp.received
  expect(letter?.to.sort()).toEqual([admin, given.scope.principal.login].sort())
  const text = readable(letter?.data ?? '')
  for (const words of [
    `HTTP POST to 127.0.0.1:${given.receiver.port} has been failing since`,
    '3 events wait for it.',
    'The receiver said: closed for <b>repairs</b>',
    `https://spoor.example.com/${given.scope.tenantSlug}/forwarding/${id}`,
    'Auto-Submitted: auto-generated',
  ])
    expect(text).toContain(words)
  await tend()
  expect(smtp.received).toHaveLength(1)
})

test('being switched off and recovering are mailed too', async () => {
  const [id] = await failingFor('6 days')
  await given.owner()`update delivery_streams set spaced_failures = 9 where destination_id = ${id as string}`
  await tend()
  expect(readable(smtp.received[0]?.data ?? '')).toMatch(
    /was switched off, because it has been failing since/,
  )
  await given.owner()`
    update delivery_streams set state = 'active', warnings = 2, due_at = now() where destination_id = ${id as string}`
  given.receiver.answer(answerWith(200))
  await given.run()
  await tend()
  expect(smtp.received).toHaveLength(2)
  expect(readable(smtp.received[1]?.data ?? '')).toContain('takes events again')
})

test('many at once are one letter', async () => {
  await failingFor('25 hours', 3)
  expect(await tend()).toMatchObject({ warned: 3 })
  expect(smtp.received).toHaveLength(1)
  expect(readable(smtp.received[0]?.data ?? '')).toContain('There is news of 3 destinations')
})

test('a mail server that takes nothing is logged, and the warning stands in the trail', async () => {
  await failingFor('1 hour')
  smtp.follow({ MAIL: '451 come back later' })
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const counts = await tend()
  const lines = log.mock.calls.map(([line]) => String(line)).join()
  log.mockRestore()
  expect(counts).toMatchObject({ warned: 1 })
  expect(lines).toContain('has been failing since')
})

test('an instance that sends no letters warns in the trail alone', async () => {
  await failingFor('1 hour')
  vi.stubEnv('SPOOR_MAIL_FROM', '')
  expect(await tend()).toMatchObject({ warned: 1 })
  expect(smtp.received).toEqual([])
})
