import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tendStreams } from '@/lib/delivery/lifecycle/tend-streams'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { runOnce } from '@/lib/delivery/run-once'
import { addChannel, addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { type ScriptedSmtp, startScriptedSmtp } from '@/lib/mail/testing/scripted-smtp'

const given = useDeliveries()

let smtp: ScriptedSmtp

beforeEach(async () => {
  smtp = await startScriptedSmtp()
  vi.stubEnv('SPOOR_SMTP_URL', `smtp://127.0.0.1:${smtp.port}`)
  vi.stubEnv('SPOOR_MAIL_FROM', 'Spoor <spoor@example.com>')
})
afterEach(() => smtp.close())

const tend = () => tendStreams({ budgetMs: 20_000 })
const relay = { types: ['relay'] }
const byInstance = { kind: 'email', to: 'soc@acme.example', ...relay }

/** As if it had been failing for so long. */
const age = (id: string, interval = '2 hours') => given.owner()`
  update delivery_streams set first_failure_at = first_failure_at - ${interval}::interval,
    spaced_failure_at = spaced_failure_at - ${interval}::interval where destination_id = ${id}`

/** Warnings in the bells of the workspace, oldest first. */
const bells = () => given.owner()`
  select message, path, roles from notifications
  where tenant_id = ${given.scope.tenantId} and message is not null order by number`

/** Letters of warnings, as opposed to those of channels. */
const warningLetters = () => smtp.received.filter(({ data }) => data.includes('because you manage'))

async function deliver(): Promise<void> {
  await appendNumbered(given.scope, 1)
  await given.makeDue()
  await given.run()
}

test('a failing webhook is told of by letter and by bell, whose link leads to it', async () => {
  given.receiver.answer(answerWith(503))
  const id = await addChannel(given.scope, { kind: 'webhook', url: given.receiver.url, ...relay })
  await deliver()
  await age(id)
  expect(await tend()).toMatchObject({ warned: 1, mailed: 1 })
  expect(warningLetters()).toHaveLength(1)
  expect(await bells()).toEqual([
    {
      message: expect.stringContaining('has been failing since'),
      path: `channels/${id}`,
      roles: ['owner', 'admin'],
    },
  ])
})

test("a channel that fails with the instance's mail server is told of by bell, and no letter is tried", async () => {
  smtp.follow({ MAIL: '451 the disk is full' })
  const id = await addChannel(given.scope, byInstance)
  await deliver()
  await age(id)
  const before = smtp.received.length
  const commands: string[] = []
  smtp.follow({
    EHLO: (line) => {
      commands.push(line)
      return '250 mail.test'
    },
  })
  expect(await tend()).toMatchObject({ warned: 1, mailed: 0 })
  expect(commands).toEqual([])
  expect(smtp.received).toHaveLength(before)
  expect(await bells()).toMatchObject([{ path: `channels/${id}` }])
  // Once it works again, so do both ways.
  await deliver()
  expect(await tend()).toMatchObject({ recovered: 1, mailed: 1 })
  expect(warningLetters()).toHaveLength(1)
  expect(await bells()).toHaveLength(2)
})

test("where a mailbox is refused the instance's mail server is well, and both ways are taken", async () => {
  smtp.follow({ RCPT: (line) => (line.includes('soc@') ? '550 no such mailbox' : '250 ok') })
  const id = await addChannel(given.scope, byInstance)
  await deliver()
  await age(id)
  expect(await tend()).toMatchObject({ warned: 1, mailed: 1 })
  expect(warningLetters()).toHaveLength(1)
  expect(await bells()).toHaveLength(1)
})

test('a channel that fails with a mail server of its own is told of by both ways', async () => {
  const other = await startScriptedSmtp()
  other.follow({ greeting: '421 closed' })
  const id = await addChannel(given.scope, {
    ...byInstance,
    server: 'own',
    hostname: '127.0.0.1',
    port: other.port,
    tls: 'none',
    from: 'spoor@acme.example',
  })
  await deliver()
  await age(id)
  expect(await tend()).toMatchObject({ warned: 1, mailed: 1 })
  expect(await bells()).toHaveLength(1)
  await other.close()
})

test('desktop notifications that fail are told of by letter alone', async () => {
  const id = await addChannel(given.scope, { kind: 'desktop', ...relay })
  await appendNumbered(given.scope, 1)
  await sealNow()
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const ring = () => Promise.reject(new Error('no bell rings'))
  await runOnce({ budgetMs: 20_000, tools: { ...outsideTools, ring } })
  log.mockRestore()
  await age(id)
  expect(await tend()).toMatchObject({ warned: 1, mailed: 1 })
  expect(await bells()).toEqual([])
  expect(warningLetters()[0]?.data).toContain(`/channels/${id}`)
})

test('however many tell it, it rings once and one letter leaves', async () => {
  given.receiver.answer(answerWith(503))
  const id = await addDestination(given.scope, { url: given.receiver.url, ...relay })
  await deliver()
  await age(id)
  await Promise.all(Array.from({ length: 4 }, tend))
  expect(await bells()).toHaveLength(1)
  expect(warningLetters()).toHaveLength(1)
})

test('a channel that is told of failures is never told of its own', async () => {
  given.receiver.answer(answerWith(503))
  const id = await addChannel(given.scope, {
    kind: 'webhook',
    url: given.receiver.url,
    types: ['forwarding', 'relay'],
  })
  const other = await addDestination(given.scope, { url: `${given.receiver.url}/down` })
  await deliver()
  for (const each of [id, other]) await age(each)
  expect(await tend()).toMatchObject({ warned: 2 })
  given.receiver.answer(answerWith(200))
  given.receiver.received.length = 0
  for (let i = 0; i < 3; i++) {
    await given.makeDue()
    await given.run()
    await tend()
  }
  const said = given.receiver.received.filter(({ path }) => path === '/').map(({ body }) => body)
  expect(said.join()).toContain('HTTP POST to')
  expect(said.join()).not.toContain('Webhook to')
})

test('two failing channels that are told of each other come to an end', async () => {
  const others = await startScriptedSmtp()
  for (const server of [smtp, others]) server.follow({ MAIL: '451 later' })
  const all = { kind: 'email', to: 'soc@acme.example' }
  const own = {
    server: 'own',
    hostname: '127.0.0.1',
    port: others.port,
    tls: 'none',
    from: 'spoor@acme.example',
  }
  const ids = [await addChannel(given.scope, all), await addChannel(given.scope, { ...all, ...own })]
  await deliver()
  // Eleven days, looked at twice a day, and tried as often.
  for (let i = 0; i < 22; i++) {
    for (const id of ids) await age(id, '12 hours')
    await tend()
    await given.makeDue()
    await given.run()
  }
  const told = await given.owner()`
    select code, count(*)::int as n from events where tenant_id = ${given.scope.tenantId} and type = 'forwarding'
      and origin = 'system' group by code order by code`
  // Of each: nothing got through for hours, for a day, for three days; then it is switched off.
  expect([...told]).toEqual([
    { code: 'DESTINATION_DISABLED', n: 2 },
    { code: 'DESTINATION_FAILING', n: 6 },
  ])
  expect(await bells()).toHaveLength(8)
  await others.close()
})
