import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { shownEventSchema, shownPageSchema } from './answers'
import { eventRoute } from './event-route'
import { eventsRoute } from './events-route'
import { TARGET_FIELDS } from './export/target-fields'
import { newTokenClient, someEvent, type TokenClient } from './testing/token-client'

useTestDatabase()

const requestOf = ({ secret }: TokenClient, path: string) =>
  new Request(`http://localhost/api/v1/events${path}`, { headers: { authorization: `Bearer ${secret}` } })
const list = async (client: TokenClient, query: string) =>
  (await eventsRoute.GET(requestOf(client, query), undefined)) as Response
const get = async (client: TokenClient, id: string, query: string) =>
  (await eventRoute.GET(requestOf(client, `/${id}${query}`), { params: Promise.resolve({ id }) })) as Response

test('events are read under the 47 names of the log target, in a page and alone', async () => {
  const client = await newTokenClient()
  await client.post(someEvent({ actor: { login: 'jdoe' }, data: { text: 'as in the file' } }))
  const page = shownPageSchema.parse(await (await list(client, '?fields=target&type=test')).json())
  const [event] = page.events
  expect(Object.keys(event ?? {})).toEqual(['id', 'seq', ...TARGET_FIELDS])
  expect(event).toMatchObject({
    mandant: client.scope.tenantSlug,
    family: 'test',
    whologin: 'jdoe',
    whataction: 'tried',
    whatcount: 1,
    whatdata: 'as in the file',
    whatstatus: '',
  })
  const id = event?.id ?? ''
  const alone = await (await get(client, id, '?fields=target')).json()
  expect(shownEventSchema.parse(alone)).toEqual(event)
  expect(await (await get(client, id, '')).json()).toMatchObject({ id, actor: { login: 'jdoe' } })
  expect(await (await get(client, id, '?fields=native')).json()).toHaveProperty('leafHash')
})

test('fields that there are not are refused, with those that there are', async () => {
  const client = await newTokenClient()
  const { answer } = await client.post(someEvent())
  const [verdict] = answer.results
  const id = verdict && 'id' in verdict ? String(verdict.id) : ''
  for (const response of [await list(client, '?fields=other'), await get(client, id, '?fields=other')]) {
    expect(response.status).toBe(400)
    expect(JSON.stringify(await response.json())).toContain('target')
  }
})
