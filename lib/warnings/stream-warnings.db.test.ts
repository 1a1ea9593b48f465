import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { tellTroubles } from '@/lib/delivery/lifecycle/tell-troubles'
import { tendStreams } from '@/lib/delivery/lifecycle/tend-streams'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { eraseValues } from '@/lib/erasure/erase-values'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { type ScriptedSmtp, startScriptedSmtp } from '@/lib/mail/testing/scripted-smtp'
import { warnManagers } from './warn-managers'

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

const letters = async () => [...(await given.owner()`select * from warning_letters`)]
const makeLetterDue = () => given.owner()`update warning_letters set due_at = now()`

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
  expect(readable(smtp.received[0]?.data ?? '')).toContain('3 things to know')
})

test('a letter that no server takes comes again under the same name until one does', async () => {
  await failingFor('1 hour')
  smtp.follow({ message: '451 come back later' })
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(await tend()).toMatchObject({ warned: 1, mailed: 0 })
  expect(log.mock.calls.map(([line]) => String(line)).join()).toContain('has been failing since')
  // Not before its time.
  expect(await tend()).toMatchObject({ warned: 0, mailed: 0 })
  expect(smtp.received).toHaveLength(1)
  smtp.follow({})
  await makeLetterDue()
  expect(await tend()).toMatchObject({ mailed: 1 })
  const [first, second] = smtp.received.map(({ data }) => /^Message-ID:\s+(\S+)/im.exec(data)?.[1])
  expect(first).toMatch(/^<warnings-/)
  expect(second).toBe(first)
  await makeLetterDue()
  expect(await tend()).toMatchObject({ mailed: 0 })
  log.mockRestore()
})

test('addresses that a server refuses keep no other workspace from its letter', async () => {
  const write = (scope: TenantScope, key: string) =>
    inTenant(scope, (tx) =>
      warnManagers(tx, scope.tenantId, {
        key,
        message: 'Something failed',
        details: [],
        link: { label: 'Open', path: '' },
      }),
    )
  const other = await newMemberScope()
  await write(given.scope, 'refused')
  await write(other, 'taken')
  await given.owner()`update warning_letters set due_at = now() - interval '1 min' where key = 'refused'`
  smtp.follow({
    RCPT: (line) => (line.includes(given.scope.principal.login) ? '550 no such mailbox' : '250 ok'),
  })
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(await tend()).toMatchObject({ mailed: 1 })
  log.mockRestore()
  expect(smtp.received.map(({ to }) => to)).toEqual([[other.principal.login]])
  expect(await letters()).toMatchObject([{ key: 'refused', tries: 1 }])
})

test('a process that dies before it sent the letter leaves it to the next one', async () => {
  await failingFor('1 hour')
  await tellTroubles(() => false)
  expect(smtp.received).toEqual([])
  expect(await tend()).toMatchObject({ warned: 0, mailed: 1 })
})

test('after three days a letter is given up, and the log says so', async () => {
  await failingFor('1 hour')
  smtp.follow({ MAIL: '451 come back later' })
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await tend()
  await makeLetterDue()
  await given.owner()`update warning_letters set created_at = now() - interval '73 hours'`
  await tend()
  expect(log.mock.calls.map(([line]) => String(line)).join()).toContain('was given up')
  log.mockRestore()
  expect(await letters()).toEqual([])
})

test('one that waits loses what a receiver said when an event is erased', async () => {
  await failingFor('1 hour')
  await tellTroubles(() => false)
  expect(JSON.stringify(await letters())).toContain('repairs')
  await eraseValues(given.scope, { seqs: [0], pointers: ['/actor'], reasonCode: 'data_subject_request' })
  expect(JSON.stringify(await letters())).not.toContain('repairs')
  expect(await tend()).toMatchObject({ mailed: 1 })
})

test('an instance that sends no letters warns in the trail and in the bells', async () => {
  await failingFor('1 hour')
  vi.stubEnv('SPOOR_MAIL_FROM', '')
  expect(await tend()).toMatchObject({ warned: 1, mailed: 0 })
  expect(smtp.received).toEqual([])
  expect(await letters()).toEqual([])
  expect(
    await given.owner()`select roles from notifications where tenant_id = ${given.scope.tenantId}`,
  ).toMatchObject([{ roles: ['owner', 'admin'] }])
})
