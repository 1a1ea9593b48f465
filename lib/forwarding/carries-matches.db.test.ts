import { expect, test } from 'vitest'
import { addChannel, addDestination } from '@/lib/delivery/testing/deliveries'
import { matchNames } from '@/lib/delivery/testing/match-names'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { parseInput } from '@/lib/errors/parse-input'
import { listNotifications } from '@/lib/notifications/list-notifications'
import { appendEvents } from '@/lib/notifications/testing/bells'
import { getDestination } from './get'
import { INPUT_SCHEMAS, previewDestinationSchema, updateDestinationSchema } from './input'
import { previewDestination } from './preview-destination'
import { updateDestination } from './update'

const given = useDeliveries()
const match = (names: Record<string, string | null>) => matchNames(given.owner(), given.scope.tenantId, names)
const lastChange = async () => {
  const [event] = await given.owner()`select body from events where tenant_id = ${given.scope.tenantId}
    and code like 'DESTINATION_%' order by seq desc limit 1`
  return JSON.parse(event?.body).data
}

test('a destination carries no names unless somebody wants it, and the trail says who did', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  expect((await getDestination(given.scope, id)).carriesMatches).toBe(false)
  expect(await lastChange()).toMatchObject({ carriesMatches: false })
  await given.edit(id, { carriesMatches: 'true' })
  expect((await getDestination(given.scope, id)).carriesMatches).toBe(true)
  expect(await lastChange()).toMatchObject({
    before: { carriesMatches: false },
    after: { carriesMatches: true },
  })
})

test('what goes along with a destination carries what that one does', async () => {
  const storage = {
    ...{ kind: 's3', bucket: 'trail-of-acme', region: 'eu-central-1', mailTypes: ['relay'] },
    ...{ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'geheim-4711', mailTo: 'ops@example.com' },
  }
  const id = await addDestination(given.scope, { ...storage, carriesMatches: true })
  expect((await getDestination(given.scope, id)).companion).toMatchObject({ carriesMatches: true })
  await updateDestination(given.scope, parseInput(updateDestinationSchema, { ...storage, id }))
  expect((await getDestination(given.scope, id)).companion).toMatchObject({ carriesMatches: false })
})

test('the preview shows the names that an event of the workspace’s own would carry', async () => {
  await appendEvents(given.scope, [{ actor: { login: 'wardog' } }])
  await match({ wardog: 'Walter Ardog' })
  const input = { kind: 'http', url: 'https://logs.example.com/in', types: ['doors'] }
  const show = async (changes: Record<string, unknown>) =>
    (await previewDestination(given.scope, parseInput(previewDestinationSchema, { ...input, ...changes })))
      .body
  expect(await show({ carriesMatches: true })).toContain('"Walter Ardog"')
  expect(await show({})).not.toContain('Walter')
  expect(await show({ carriesMatches: true, masking: ['hide:actor.login'] })).not.toContain('Walter')
  const letter = { kind: 'email', to: ['soc@example.com'], types: ['doors'], carriesMatches: true }
  const { message } = await previewDestination(given.scope, parseInput(INPUT_SCHEMAS.channel.preview, letter))
  expect(message?.text).toContain('User: Walter Ardog (wardog)')
})

test('a bell has the ledger’s names for channels that want them, and not for others', async () => {
  const desktop = { kind: 'desktop', types: ['doors'] }
  await addChannel(given.scope, { ...desktop, carriesMatches: true })
  await addChannel(given.scope, desktop)
  await appendEvents(given.scope, [{ actor: { login: 'wardog' } }])
  await match({ wardog: 'Walter Ardog' })
  await given.run()
  const { notes } = await listNotifications(given.scope)
  expect(notes.map(({ title }) => title).sort()).toEqual(['Walter Ardog (wardog) opened', 'wardog opened'])
})
