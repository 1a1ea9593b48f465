import { expect, test } from 'vitest'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { parseInput } from '@/lib/errors/parse-input'
import { getDestination } from './get'
import { updateDestinationSchema } from './input'
import { listDestinations } from './list'
import { listUnsentEvents } from './list-unsent-events'
import { pauseDestination } from './pause'
import { removeDestination } from './remove'
import { restoreDestination } from './restore'
import { resumeDestination } from './resume'
import { companionFilter } from './save-companion'
import { skipEvents } from './skip-events'
import { updateDestination } from './update'

const given = useDeliveries()

const STORAGE = {
  kind: 's3',
  bucket: 'trail-of-acme',
  region: 'eu-central-1',
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: 'geheim-4711',
  mailTypes: ['relay', 'account'],
  mailTo: 'ops@example.com',
  masking: ['hide:actor.login'],
}
const notFound = expect.objectContaining({ code: 'not_found' })

const update = (id: string, changes: Record<string, unknown>) =>
  updateDestination(given.scope, parseInput(updateDestinationSchema, { ...STORAGE, id, ...changes }))

test('e-mails about a storage live and change with it, masked alike, and are no destination of their own', async () => {
  const id = await addDestination(given.scope, { ...STORAGE, start: 'beginning' })
  const { companion } = await getDestination(given.scope, id)
  expect(companion).toMatchObject({
    kind: 'email',
    types: ['relay', 'account'],
    masking: ['hide:actor.login'],
    state: 'active',
  })
  expect((await listDestinations(given.scope)).map((view) => view.id)).toEqual([id])
  const companionId = companion?.id ?? ''
  for (const verb of [pauseDestination, removeDestination, resumeDestination])
    await expect(verb(given.scope, { id: companionId })).rejects.toEqual(notFound)

  await update(id, { mailTypes: ['relay'], masking: [], types: ['relay', 'admin'] })
  const changed = (await getDestination(given.scope, id)).companion
  expect(changed).toMatchObject({ id: companionId, types: ['relay'], masking: [] })
  await expect(update(id, { mailTypes: ['relay'], types: ['admin'] })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('relay'),
  })

  await pauseDestination(given.scope, { id })
  expect((await getDestination(given.scope, id)).companion?.state).toBe('paused')
  await resumeDestination(given.scope, { id })
  expect((await getDestination(given.scope, id)).companion?.state).toBe('active')

  await given.owner()`update delivery_streams set state = 'disabled', reason = 'no mail server'
    where destination_id = ${companionId}`
  await resumeDestination(given.scope, { id })
  expect((await getDestination(given.scope, id)).companion).toMatchObject({ state: 'active', reason: null })
})

test('e-mails begin with what comes now, are skipped with the rest, and go and come back with their storage', async () => {
  await appendNumbered(given.scope, 2)
  const id = await addDestination(given.scope, { ...STORAGE, start: 'beginning' })
  const companionId = (await getDestination(given.scope, id)).companion?.id ?? ''
  await pauseDestination(given.scope, { id })
  await appendNumbered(given.scope, 3, () => ({ message: 'new' }))
  const unsent = async (of: string) =>
    (await listUnsentEvents(given.scope, of)).events.filter(({ type }) => type === 'relay').length
  expect([await unsent(id), await unsent(companionId)]).toEqual([5, 3])
  await skipEvents(given.scope, { id, reason: 'the bucket has them' })
  expect([await unsent(id), await unsent(companionId)]).toEqual([0, 0])

  await removeDestination(given.scope, { id })
  await expect(listUnsentEvents(given.scope, companionId)).rejects.toEqual(notFound)
  await restoreDestination(given.scope, { id })
  expect((await getDestination(given.scope, id)).companion).toMatchObject({
    id: companionId,
    state: 'paused',
  })
})

test('e-mails tell of what the storage gets, and of nothing else', () => {
  const choice = (include: string[], exclude: string[] = []) => ({ type: { include, exclude } })
  expect(companionFilter({}, ['a', 'b'])).toEqual(choice(['a', 'b']))
  expect(companionFilter(choice(['b', 'c']), ['a', 'b'])).toEqual(choice(['b']))
  expect(companionFilter(choice([], ['a']), ['a', 'b'])).toEqual(choice(['b']))
  expect(companionFilter({ minLevel: 'error' }, ['a'])).toEqual({ minLevel: 'error', ...choice(['a']) })
  expect(() => companionFilter(choice(['c']), ['a'])).toThrow(/forwarded/)
})
