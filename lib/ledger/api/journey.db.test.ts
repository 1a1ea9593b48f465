import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { findRouteFile } from '@/lib/api/testing/route-files'
import { newMemberScope } from '@/lib/auth/testing/people'
import type { ApiRoute } from '@/lib/http/api-route'
import { matchTrails } from '@/lib/ledger/matching/match-trails'
import { createToken } from '@/lib/tokens/create'

useTestDatabase()

const IMPORTS = '/api/v1/ledger/imports'
const FILES = {
  organisation: 'organisations',
  identity: 'identities',
  account: 'accounts',
  group: 'groups',
}
const MARTHA_SID = 'S-1-5-21-4020993649-1037605423-417876593-1106'
const TIMES = { occurredAt: '2026-11-20T22:37:59.123Z' }
const EVENTS = [
  { type: 'ad', action: 'opened', actor: { login: 'WARDOG', repository: 'theshire' }, ...TIMES },
  { type: 'ad', action: 'opened', actor: { login: 'pgustavo', repository: 'THESHIRE' }, ...TIMES },
  { type: 'ad', action: 'opened', actor: { id: MARTHA_SID }, ...TIMES },
  {
    ...{ type: 'ad', action: 'added to', actor: { login: 'pgustavo', repository: 'THESHIRE' } },
    targets: [{ type: 'group', name: 'Domain Admins', parent: 'THESHIRE' }],
    ...TIMES,
  },
  { type: 'ad', action: 'opened', actor: { login: 'nobody', repository: 'THESHIRE' }, ...TIMES },
]
let secret: string

type Sent = { body?: unknown; type?: string; query?: string; id?: string }

/** What the API answers to a token; `path` as OpenAPI writes it. */
async function ask(status: number, method: keyof ApiRoute, path: string, sent: Sent = {}) {
  const { body, type = 'application/json', query = '', id = '' } = sent
  const route: ApiRoute<unknown> = await import(pathToFileURL(findRouteFile(path) ?? '').href)
  const request = new Request(`http://localhost${path.replace('{id}', id)}?${query}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, 'content-type': type },
    ...(body !== undefined && {
      body: (type === 'application/json' ? JSON.stringify(body) : body) as BodyInit,
    }),
  })
  const response = await route[method](request, { params: Promise.resolve({ id }) })
  const answer = await response.json()
  expect(response.status, JSON.stringify(answer)).toBe(status)
  return answer
}

const match = () => matchTrails({ budgetMs: 30_000 })
const shownActors = async (query = '') => {
  const { events } = await ask(200, 'GET', '/api/v1/events', {
    query: `type=ad&order=asc&matched=true&${query}`,
  })
  return events.map(({ matched }: { matched?: { actor?: { display: string } } }) => matched?.actor?.display)
}

beforeAll(async () => {
  const scope = await newMemberScope()
  const scopes = ['ledger:read', 'ledger:write', 'ledger:manage', 'events:read', 'events:write'] as const
  secret = (await createToken(scope, { name: 'journey', scopes: [...scopes] })).secret
})

test('with a token alone a ledger is loaded, events show people, and removing an account undoes its matches', async () => {
  await ask(201, 'POST', '/api/v1/events', { body: { events: EVENTS } })
  for (const [type, name] of Object.entries(FILES)) {
    const file = {
      body: readFileSync(`e2e/data/ledger/${name}.csv`),
      type: 'text/csv',
      query: `type=${type}&mode=full&name=${name}.csv`,
    }
    const preview = await ask(200, 'POST', IMPORTS, { ...file, query: `${file.query}&dryRun=true` })
    expect(preview).toMatchObject({ state: 'preview', removed: 0, unchanged: 0 })
    const loaded = await ask(201, 'POST', IMPORTS, file)
    expect(loaded).toMatchObject({ state: 'applied', added: preview.added })
  }
  await match()

  expect(await shownActors()).toEqual([
    expect.stringContaining('Walter Ardog'),
    expect.stringContaining('Pedro Gustavo'),
    expect.stringContaining('Nina Martha'),
    expect.stringContaining('Pedro Gustavo'),
    undefined,
  ])
  expect(await shownActors('actorEntity=identity:pgustavo')).toHaveLength(2)
  expect(await shownActors('actorEntity=organisation:sales')).toHaveLength(2)
  const group = encodeURIComponent('group:THESHIRE\\Domain Admins')
  expect(await shownActors(`targetEntity=${group}`)).toEqual([expect.stringContaining('Pedro Gustavo')])
  const { names } = await ask(200, 'GET', '/api/v1/ledger/unmatched', { query: 'role=actor&q=nobody' })
  expect(names).toMatchObject([{ name: 'nobody', parent: 'THESHIRE', events: 1 }])

  const explained = await ask(200, 'POST', '/api/v1/matching/explain', {
    body: { name: 'PGUSTAVO', parent: 'theshire' },
  })
  expect(explained.result).toMatchObject({ type: 'account', identity: { key: 'pgustavo' } })

  const { entities } = await ask(200, 'GET', '/api/v1/ledger/entities', {
    query: 'type=account&link=identity&linkKey=pgustavo',
  })
  expect(entities).toMatchObject([{ key: 'THESHIRE\\pgustavo' }])
  const id = entities[0].id
  const timeline = await ask(200, 'GET', '/api/v1/ledger/entities/{id}/events', { id, query: 'side=actor' })
  expect(timeline.events).toMatchObject([{ action: 'added to' }, { action: 'opened' }])

  await ask(200, 'DELETE', '/api/v1/ledger/entities/{id}', { id })
  await match()
  expect(await ask(200, 'GET', '/api/v1/matching/status')).toMatchObject({ isBehind: false, rematch: null })
  expect(await shownActors()).toEqual([
    expect.stringContaining('Walter Ardog'),
    undefined,
    expect.stringContaining('Nina Martha'),
    undefined,
    undefined,
  ])
  expect(await shownActors('actorEntity=identity:pgustavo')).toEqual([])
}, 60_000)
