import { expect, test } from 'vitest'
import { addChannel, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { getDestination } from '@/lib/forwarding/get'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { listAttempts } from '@/lib/forwarding/list-attempts'
import { previewDestination } from '@/lib/forwarding/preview-destination'
import { testDestination } from '@/lib/forwarding/test-destination'
import { answerWith } from '@/lib/http/testing/loopback-receiver'

const given = useDeliveries()

const PATH = '/services/T0123ABCD/B0123ABCD/geheimgeheimgeheim'
const addWebhook = (input: Record<string, unknown> = {}) =>
  addChannel(given.scope, { kind: 'webhook', url: given.receiver.url + PATH, types: ['relay'], ...input })
const texts = () => given.receiver.received.map(({ body }) => JSON.parse(body).text)
const tenant = () => given.scope.tenantSlug

test('after failures one message comes, and what came meanwhile is counted in the next one: no event is lost', async () => {
  const id = await addWebhook()
  given.receiver.answer(answerWith(500, 'rollup_error'))
  await appendNumbered(given.scope, 3, () => ({ level: 'error' }))
  await given.run()
  await appendNumbered(given.scope, 4)
  await given.makeDue()
  await given.run()
  expect(given.receiver.received).toHaveLength(2)
  expect(new Set(texts()).size).toBe(1)
  given.receiver.answer(answerWith(200, 'ok'))
  for (let turns = 0; turns < 2; turns++) {
    await given.makeDue()
    await given.run()
  }
  expect(texts().slice(2)).toEqual([`3 events in ${tenant()}: 3 errors`, `4 events in ${tenant()}: 4 info`])
  const [stream] = await given.rows('delivery_streams', id)
  expect(stream).toMatchObject({ sent_events: '7', failed_attempts: '2', dead_events: '0', state: 'active' })
})

test('a webhook that is gone is disabled at once, in the receiver’s words, and keeps its place', async () => {
  const id = await addWebhook()
  given.receiver.answer(answerWith(404, 'no_service'))
  await appendNumbered(given.scope, 2)
  await given.run()
  await given.makeDue()
  await given.run()
  expect(given.receiver.received).toHaveLength(1)
  const [stream] = await given.rows('delivery_streams', id)
  expect(stream).toMatchObject({ state: 'disabled', last_answer: 'no_service', sent_events: '0' })
  expect(stream?.reason).toMatch(/removed/)
})

test('a refused message never makes a dead letter: it counts instead, or waits', async () => {
  const id = await addWebhook()
  given.receiver.answer(answerWith(400, 'invalid_payload'))
  await appendNumbered(given.scope, 2, () => ({ message: 'geheim-word' }))
  await given.run()
  const [held] = await given.rows('delivery_streams', id)
  expect(held).toMatchObject({ state: 'active', dead_events: '0', consecutive_failures: 1 })
  given.receiver.answer(({ body }, ...rest) =>
    answerWith(body.includes('geheim-word') ? 400 : 200, 'invalid_payload')({} as never, ...rest),
  )
  await given.makeDue()
  await given.run()
  expect(texts().at(-1)).toMatch(/^2 events in .*was refused here/)
  const [sent] = await given.rows('delivery_streams', id)
  expect(sent).toMatchObject({ sent_events: '2', dead_events: '0', consecutive_failures: 0 })
})

test('nothing that people or programs may ask for has the URL: preview, TEST, the channel, its attempts', async () => {
  const id = await addWebhook()
  given.receiver.answer(answerWith(404, `nothing at ${given.receiver.url}${PATH}`))
  const preview = INPUT_SCHEMAS.channel.preview.parse({ id, kind: 'webhook', types: ['relay'] })
  const target = { id, role: 'channel' } as const
  const shown = [
    await previewDestination(given.scope, preview),
    await testDestination(given.scope, target),
    await getDestination(given.scope, id, 'channel'),
    await listAttempts(given.scope, id, {}, 'channel'),
  ]
  expect(JSON.stringify(shown)).not.toMatch(/geheim|T0123ABCD/)
  expect(shown[0]).toMatchObject({ body: expect.stringContaining(tenant()) })
  expect(given.receiver.received.map(({ path }) => path)).toEqual([PATH])
})

test('neither the stored row nor an attempt nor the trail has the URL', async () => {
  const id = await addWebhook()
  given.receiver.answer(answerWith(403, `no hook at ${PATH}`))
  await appendNumbered(given.scope, 1)
  await given.run()
  const owner = given.owner()
  const rows = [
    await owner`select to_jsonb(d) - 'secret_enc' as row, secret_names from destinations d where id = ${id}`,
    await given.rows('delivery_attempts', id),
    await given.rows('delivery_streams', id),
    await owner`select body from events where tenant_id = ${given.scope.tenantId}`,
  ]
  expect(rows.map(({ length }) => length > 0)).toEqual([true, true, true, true])
  expect(JSON.stringify(rows)).not.toMatch(/geheim|T0123ABCD/)
  expect(rows[0]?.[0]).toMatchObject({ secret_names: ['maskingKey', 'url'] })
})
