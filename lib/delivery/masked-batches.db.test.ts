import { expect, test } from 'vitest'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { addDestination, appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const bodies = () => given.receiver.received.map(({ body }) => body)

test('what a destination must not see never leaves, at any try, and a changed rule plans an open batch anew', async () => {
  const masking = ['hash:actor.login', 'remove:data.secret']
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'], masking })
  await appendNumbered(given.scope, 2, () => ({
    actor: { login: 'jdoe' },
    data: { secret: 's1', other: 'o1' },
  }))
  given.receiver.answer(answerWith(503))
  await given.run()
  await given.makeDue()
  await given.run()
  const [first, second] = bodies()
  expect(first).toBe(second)
  expect(first).not.toContain('jdoe')
  expect(first).not.toContain('s1')
  const hashes = (JSON.parse(first ?? '[]') as { actor: { login: string } }[]).map(({ actor }) => actor.login)
  expect(new Set(hashes).size).toBe(1)
  given.receiver.answer(answerWith(200))
  await given.edit(id, { types: ['relay'], masking: ['hide:data.other'] })
  await given.run()
  const last = bodies().at(-1) ?? ''
  expect(last).toContain('jdoe')
  expect(last).not.toContain('o1')
  const batches = await given.rows('delivery_batches', id)
  expect(batches.map(({ state, masking: rules }) => [state, rules]).sort()).toEqual([
    ['done', [{ how: 'hide', path: 'data.other' }]],
    ['replaced', expect.anything()],
  ])
  expect(given.receiver.received.map(({ headers }) => headers['idempotency-key'])).toEqual([
    expect.anything(),
    given.receiver.received[0]?.headers['idempotency-key'],
    expect.not.stringMatching(String(given.receiver.received[0]?.headers['idempotency-key'])),
  ])
})
