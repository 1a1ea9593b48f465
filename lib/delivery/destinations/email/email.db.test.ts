import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addChannel, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { testDestination } from '@/lib/forwarding/test-destination'
import { type ArrivedLetter, headerOf, type RealSmtp, startRealSmtp } from '@/lib/mail/testing/real-smtp'
import { type ScriptedSmtp, startScriptedSmtp } from '@/lib/mail/testing/scripted-smtp'

const delivering = useDeliveries()
let smtp: RealSmtp
let scripted: ScriptedSmtp | undefined

beforeEach(async () => {
  vi.stubEnv('SPOOR_PUBLIC_URL', 'https://audit.acme.test')
  vi.stubEnv('SPOOR_MAIL_FROM', 'Spoor <spoor@acme.test>')
  smtp = await startRealSmtp()
})
afterEach(async () => {
  await scripted?.close()
  scripted = undefined
  await smtp.close()
})

const OWN = {
  kind: 'email',
  to: 'soc@acme.test\nchief@acme.test',
  server: 'own',
  hostname: '127.0.0.1',
  tls: 'none',
  from: 'spoor@acme.test',
}
/** A channel that tells at once; our own events are not for it. */
const add = (settings: Record<string, unknown> = {}) =>
  addChannel(delivering.scope, {
    ...OWN,
    port: smtp.port,
    everySeconds: 0,
    types: ['relay'],
    ...settings,
  })

const append = (count: number) => appendNumbered(delivering.scope, count)
const subjects = () => smtp.arrived.map(({ mail }) => mail.subject)
const idOf = ({ mail }: ArrivedLetter) => mail.messageId

async function runNow(): Promise<void> {
  await delivering.makeDue()
  await delivering.run()
}

/** Until nothing waits, however a channel's pace holds it up. */
async function runToTheEnd(): Promise<void> {
  await delivering.owner()`update delivery_streams set paced_until = null`
  await runNow()
}

test('all events are counted and the most severe listed, in both parts of one letter', async () => {
  const id = await add()
  await appendNumbered(delivering.scope, 120, (i) => ({
    level: i === 119 ? 'critical' : 'info',
    actor: { login: `user${i}`, ip: '198.51.100.7' },
  }))
  await delivering.run()
  expect(subjects()).toEqual([`[${delivering.scope.tenantSlug}] 120 events: 1 critical, 119 info`])
  const [letter] = smtp.arrived
  if (!letter) throw new Error('no letter')
  expect(letter.to).toEqual(['soc@acme.test', 'chief@acme.test'])
  for (const part of [letter.mail.text, letter.mail.html]) {
    expect(part).toContain('120 events')
    expect(part).toContain('n119')
    expect(part).toContain('user48')
    expect(part).toContain('70 more are in the trail')
    expect(part).toContain(`https://audit.acme.test/${delivering.scope.tenantSlug}/channels/${id}`)
  }
  expect(headerOf(letter, 'Auto-Submitted')).toBe('auto-generated')
  expect(headerOf(letter, 'X-Spoor-Batch')).toMatch(/^[0-9a-f]{32}$/)
})

test('a letter that a server put off comes again as it was, and the next one counts what came meanwhile', async () => {
  const id = await add()
  smtp.reply({ data: () => '451 come back later' })
  await append(3)
  await delivering.run()
  await append(4)
  await runNow()
  expect(await delivering.rows('delivery_streams', id)).toMatchObject([
    { sent_events: '0', last_status: 451, fail_message: expect.stringContaining('later') },
  ])
  smtp.reply({})
  await runNow()
  await runToTheEnd()
  const [first, second, third, last] = smtp.arrived
  if (!first || !second || !third || !last) throw new Error('letters are missing')
  expect(new Set([first, second, third].map(idOf)).size).toBe(1)
  expect(third.mail.text).toBe(first.mail.text)
  expect(third.mail.html).toBe(first.mail.html)
  expect(third.mail.subject).toMatch(/3 events/)
  expect(last.mail.subject).toMatch(/4 events/)
  expect(idOf(last)).not.toBe(idOf(first))
  expect(await delivering.rows('delivery_streams', id)).toMatchObject([
    { sent_events: '7', sent_batches: '2' },
  ])
})

test('a connection that is lost after the final dot: the same letter again, under the same Message-ID', async () => {
  scripted = await startScriptedSmtp()
  const id = await add({ port: scripted.port })
  scripted.follow({ message: 'drop' })
  await append(2)
  await delivering.run()
  scripted.follow({})
  await runNow()
  const ids = scripted.received.map(({ data }) => /^Message-ID: .*$/m.exec(data)?.[0])
  expect(ids).toHaveLength(2)
  expect(ids[0]).toBe(ids[1])
  expect(await delivering.rows('delivery_streams', id)).toMatchObject([
    { sent_events: '2', sent_batches: '1' },
  ])
})

test('a letter that is refused for its words goes without them, and no event is lost', async () => {
  const id = await add()
  smtp.reply({ data: ({ mail }) => (mail.text?.includes('n0') ? '554 looks like spam' : undefined) })
  await append(2)
  await delivering.run()
  expect(smtp.arrived).toHaveLength(2)
  expect(smtp.arrived[1]?.mail.text).toContain('only counts them')
  expect(await delivering.rows('delivery_streams', id)).toMatchObject([{ sent_events: '2' }])
})

test('a letter that is refused in any form waits, and goes when the server has another mind', async () => {
  const id = await add()
  smtp.reply({ data: () => '552 mailbox full' })
  await append(2)
  await delivering.run()
  expect(await delivering.rows('delivery_streams', id)).toMatchObject([
    { state: 'active', sent_events: '0', dead_events: '0', last_status: 552 },
  ])
  smtp.reply({})
  await runNow()
  expect(await delivering.rows('delivery_streams', id)).toMatchObject([{ sent_events: '2' }])
})

test('letters by the instance’s server, tests among them, stay below the workspace’s limit', async () => {
  vi.stubEnv('SPOOR_SMTP_URL', `smtp://127.0.0.1:${smtp.port}`)
  vi.stubEnv('SPOOR_MAIL_PER_DAY', '4')
  const id = await addChannel(delivering.scope, {
    kind: 'email',
    to: OWN.to,
    everySeconds: 0,
    types: ['relay'],
  })
  expect(await testDestination(delivering.scope, { id })).toMatchObject({ delivered: true })
  await append(2)
  await delivering.run()
  expect(smtp.arrived).toHaveLength(2)
  await append(3)
  await runToTheEnd()
  expect(smtp.arrived).toHaveLength(2)
  expect(await delivering.rows('delivery_streams', id)).toMatchObject([
    { state: 'active', sent_events: '2', fail_message: expect.stringContaining('letters of a day') },
  ])
  expect(await testDestination(delivering.scope, { id })).toMatchObject({ delivered: false })
  await delivering.owner()`update mail_hours set hour = hour - interval '25 hours'`
  await runToTheEnd()
  expect(subjects().at(-1)).toMatch(/3 events/)
  expect(await delivering.rows('delivery_streams', id)).toMatchObject([{ sent_events: '5' }])
})
