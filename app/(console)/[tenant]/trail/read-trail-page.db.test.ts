import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newTokenClient, someEvent, type TokenClient } from '@/lib/trail/testing/token-client'
import { readTrailPage } from './read-trail-page'

useTestDatabase()

let client: TokenClient

/** So large that a page of fifty stops before it is full. */
beforeAll(async () => {
  client = await newTokenClient()
  const large = () => someEvent({ data: { text: 'x'.repeat(250_000) } })
  for (let i = 0; i < 2; i++) await client.post({ events: Array.from({ length: 20 }, large) })
})

async function read(query: string) {
  const answer = await readTrailPage(client.scope, new URLSearchParams(query), ['message'], true)
  if (!answer.ok) throw new Error(answer.complaints.join())
  await answer.overview
  return answer.page
}

test('a page that stopped early says how far it came and goes on there, in both orders and back', async () => {
  const first = await read('type=test')
  expect(first.rows.length).toBeLessThan(36)
  expect(first.rest).toEqual({ cursor: first.next, seq: first.rows.at(-1)?.seq })
  const second = await read(`type=test&cursor=${first.rest?.cursor}`)
  expect(first.rows.length + second.rows.length).toBe(40)
  expect(second.rest).toBeNull()

  const oldest = await read('type=test&order=asc')
  expect(oldest.rest).toEqual({ cursor: oldest.next, seq: oldest.rows.at(-1)?.seq })

  const back = await read(`type=test&cursor=${second.prev}`)
  expect(back.rest).toBeNull()
})

test('only a live page knows where what is new begins', async () => {
  const live = await read('type=test&live=1')
  expect(live.head).toBeGreaterThan(live.rows[0]?.seq ?? Number.POSITIVE_INFINITY)
  expect((await read('type=test')).head).toBeUndefined()
})
