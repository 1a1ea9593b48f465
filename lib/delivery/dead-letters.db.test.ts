import { expect, test } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const refuse = (isBad: (message: string) => boolean) =>
  given.receiver.answer(({ body }, response) => {
    const bad = messagesIn([{ body }]).find(isBad)
    response.writeHead(bad === undefined ? 200 : 400).end(bad === undefined ? 'ok' : `cannot take ${bad}`)
  })
const taken = () =>
  messagesIn(given.receiver.received).filter((_, i, all) => all.lastIndexOf(all[i] ?? '') === i)

test.each([0, 1, 17, 98, 99])(
  'a poison event at place %i of 100 becomes a dead letter, all others arrive',
  async (place) => {
    const id = await addDestination(given.scope, { url: given.receiver.url })
    await appendNumbered(given.scope, 100)
    const arrived: string[] = []
    given.receiver.answer(({ body }, response) => {
      const messages = messagesIn([{ body }])
      const isBad = messages.includes(`n${place}`)
      if (!isBad) arrived.push(...messages)
      response.writeHead(isBad ? 400 : 200).end(isBad ? `bad n${place}` : 'ok')
    })
    await given.run()
    expect(arrived).toEqual(numbered(100).filter((_, i) => i !== place))
    const { stats, deadLetters, state } = await getDestination(given.scope, id)
    expect(state).toBe('active')
    expect(stats).toMatchObject({ sentEvents: 99, deadEvents: 1, backlog: { events: 0 } })
    expect(deadLetters).toMatchObject([{ status: 400, answer: `bad n${place}` }])
    const [dead] = await given.owner()`
    select e.message from delivery_dead d join events e on e.tenant_id = d.tenant_id and e.seq = d.seq
    where d.destination_id = ${id}`
    expect(dead?.message).toBe(`n${place}`)
  },
)

test('many refused events are the configuration’s fault: the stream holds instead of emptying the trail', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 200)
  refuse(() => true)
  await given.run()
  const held = await getDestination(given.scope, id)
  expect(held.stats.deadEvents).toBe(20)
  expect(held.stats.consecutiveFailures).toBe(1)
  expect(held.stats.failMessage).toContain('configuration')
  await given.owner()`update delivery_dead set at = at - interval '1 hour' where destination_id = ${id}`
  await given.makeDue()
  await given.run()
  expect((await getDestination(given.scope, id)).stats.deadEvents).toBe(20)
  // Mended and tried again, the other 180 arrive.
  refuse(() => false)
  given.receiver.received.length = 0
  await given.edit(id, { types: ['relay'] })
  await given.run()
  expect(taken()).toEqual(numbered(180, 20))
})

test('413 halves the batch until it fits', async () => {
  await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 100)
  const arrived: string[] = []
  given.receiver.answer(({ body }, response) => {
    const messages = messagesIn([{ body }])
    if (messages.length <= 30) arrived.push(...messages)
    response.writeHead(messages.length > 30 ? 413 : 200).end()
  })
  await given.run()
  expect(arrived).toEqual(numbered(100))
})
