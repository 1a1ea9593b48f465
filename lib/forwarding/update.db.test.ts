import { expect, test } from 'vitest'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { s3Input } from '@/lib/delivery/destinations/s3/testing/s3-config'
import { runOnce } from '@/lib/delivery/run-once'
import {
  addDestination,
  appendNumbered,
  freezeAfterSend,
  messagesIn,
} from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { parseInput } from '@/lib/errors/parse-input'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { encryptSecret } from '@/lib/secrets/secret-envelope'
import { updateDestinationSchema } from './input'
import { listDestinations } from './list'
import { updateDestination } from './update'

const given = useDeliveries()
const streamOf = async (id: string) => (await given.rows('delivery_streams', id))[0]

test('an edit counts at once: what was being sent as it was before says nothing about it as it is now', async () => {
  const id = await addDestination(given.scope, { url: `${given.receiver.url}/old`, types: ['relay'] })
  given.receiver.answer(answerWith(503))
  await appendNumbered(given.scope, 3)
  await given.run()
  const { request, sent, release } = freezeAfterSend()
  await given.makeDue()
  const running = runOnce({ budgetMs: 20_000, tools: { request } })
  await sent
  given.receiver.answer(answerWith(200))
  given.receiver.received.length = 0
  await given.edit(id, { url: `${given.receiver.url}/new`, types: ['relay'] })
  expect(await runOnce({ budgetMs: 20_000 })).toMatchObject({ events: 3 })
  release()
  await running
  expect(given.receiver.received.map(({ path }) => path)).toEqual(['/new'])
  expect(await streamOf(id)).toMatchObject({ consecutive_failures: 0, failed_attempts: '1' })
  const attempts = await given.rows('delivery_attempts', id)
  expect(attempts.map(({ outcome }) => outcome).sort()).toEqual(['delivered', 'held', 'superseded'])
})

test('a destination of the first version, with a bare key and none for masking, gets masking by an edit', async () => {
  const url = given.receiver.url
  const id = await addDestination(given.scope, { url, types: ['relay'], apiHeaderName: 'X-Key', apiKey: 'k' })
  const bare = encryptSecret('k', { tenantId: given.scope.tenantId, purpose: `destination ${id}` })
  await given.owner()`update destinations set secret_enc = ${bare}, secret_names = '{}' where id = ${id}`
  await given.edit(id, { url, types: ['relay'], apiHeaderName: 'X-Key', masking: ['hash:actor.login'] })
  await appendNumbered(given.scope, 1, () => ({ actor: { login: 'geheim-login' } }))
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(['n0'])
  expect(given.receiver.received[0]?.headers['x-key']).toBe('k')
  expect(given.receiver.received[0]?.body).not.toContain('geheim-login')
})

test('after the instance’s key was lost, new secrets bring all others that Spoor makes itself', async () => {
  const input = (changes: Record<string, unknown> = {}) =>
    s3Input({ masking: ['hash:actor.login'], ...changes })
  const id = await addDestination(given.scope, { kind: 's3', ...input() })
  const edit = (changes: Record<string, unknown>) =>
    updateDestination(given.scope, parseInput(updateDestinationSchema, { id, kind: 's3', ...input(changes) }))
  const owner = given.owner()
  const [before] = await owner`select config from destinations where id = ${id}`
  await owner`update destinations set secret_enc = 'lost'::bytea where id = ${id}`
  await expect(edit({ secretAccessKey: undefined })).rejects.toMatchObject({
    details: { violations: [{ pointer: '/secretAccessKey' }] },
  })
  await edit({})
  const [row] = await owner`select config, secret_names from destinations where id = ${id}`
  expect(row?.secret_names).toEqual(['digestKey', 'maskingKey', 'secretAccessKey'])
  expect(row?.config.digestPublicKey).not.toBe(before?.config.digestPublicKey)
  expect(destinationKind('s3').open(row?.config).values()).toMatchObject({ bucket: 'acme-audit' })
})

test('of two people who edit the same destination the second one is told, and nothing of the first is lost', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  const [read] = await listDestinations(given.scope)
  const unchangedSince = read?.updatedAt.toISOString()
  const save = (note: string) =>
    updateDestination(
      given.scope,
      parseInput(updateDestinationSchema, {
        kind: 'http',
        id,
        url: given.receiver.url,
        note,
        unchangedSince,
      }),
    )
  await save('mine')
  await expect(save('yours')).rejects.toMatchObject({ code: 'conflict' })
  expect(await listDestinations(given.scope)).toMatchObject([{ note: 'mine' }])
})
