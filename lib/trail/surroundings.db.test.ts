import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { StoredEvent } from '@/lib/event/stored-event'
import { parseFilter } from './filter-url'
import { getEventBySeq } from './get-by-seq'
import { readNeighbours, readSurroundings, type SurroundingName } from './surroundings'
import { newTokenClient, someEvent, type TokenClient } from './testing/token-client'

useTestDatabase()

let client: TokenClient
let other: TokenClient
/** The seq of the first of ours: the trail begins with events of the tenant's making. */
let first: number

/** Forty events: ann's and bob's by turns, one session of ann's from 10 to 13, file `x` every fifth. */
const actorOf = (i: number) => ({
  login: i % 2 ? 'bob' : 'ann',
  ...(i >= 10 && i <= 13 && { sessionId: 's1' }),
})

beforeAll(async () => {
  client = await newTokenClient()
  other = await newTokenClient()
  const { answer } = await client.post({
    events: Array.from({ length: 40 }, (_, i) =>
      someEvent({
        message: String(i),
        actor: actorOf(i),
        ...(i % 5 === 0 && { targets: [{ type: 'disk' }, { name: 'x' }] }),
      }),
    ),
  })
  const [created] = answer.results
  if (created?.status !== 'created') throw new Error('not created')
  first = created.seq
  await other.post({
    events: Array.from({ length: 60 }, () =>
      someEvent({
        message: 'foreign',
        actor: { login: 'ann', sessionId: 's1' },
        targets: [{ name: 'x' }],
      }),
    ),
  })
})

const at = (i: number) => getEventBySeq(client.scope, first + i)
const numbers = (events: StoredEvent[]) => events.map(({ message }) => Number(message))

async function around(i: number): Promise<Partial<Record<SurroundingName, [number[], number[]]>>> {
  const groups = readSurroundings(client.scope, await at(i))
  const entries = await Promise.all(
    groups.map(async ({ name, neighbours }) => {
      const { newer, older } = await neighbours
      return [name, [numbers(newer), numbers(older)]] as const
    }),
  )
  return Object.fromEntries(entries)
}

test('the nearest events on both sides, newest first: in the trail, and by what they share', async () => {
  expect(await around(20)).toEqual({
    around: [
      [30, 29, 28, 27, 26, 25, 24, 23, 22, 21],
      [19, 18, 17, 16, 15, 14, 13, 12, 11, 10],
    ],
    actor: [
      [30, 28, 26, 24, 22],
      [18, 16, 14, 12, 10],
    ],
    target: [
      [35, 30, 25],
      [15, 10, 5, 0],
    ],
  })
})

test('a session is all that was done in it, whoever did it', async () => {
  expect((await around(12)).session).toEqual([[13], [11, 10]])
})

test('at the end of the trail there is nothing after', async () => {
  expect((await around(39)).around).toEqual([[], [38, 37, 36, 35, 34, 33, 32, 31, 30, 29]])
})

test('an event that names nobody and nothing has only what is around it', async () => {
  const { actor, targets, ...bare } = await at(20)
  expect(readSurroundings(client.scope, bare).map(({ name }) => name)).toEqual(['around'])
})

test('the next event of a filter stands beside a place, also of an event that the filter leaves out', async () => {
  const filter = parseFilter(new URLSearchParams('actor=bob'))
  const { newer, older } = await readNeighbours(client.scope, filter, first + 20, 1)
  expect([numbers(newer), numbers(older)]).toEqual([[21], [19]])
})

test('an event is found by its seq in its own trail only', async () => {
  expect(await at(7)).toMatchObject({ message: '7', seq: first + 7 })
  expect(await getEventBySeq(other.scope, first + 7)).toMatchObject({ message: 'foreign' })
  for (const seq of [10_000, -1, 0.5, Number.NaN, 2 ** 60])
    await expect(getEventBySeq(client.scope, seq)).rejects.toMatchObject({ code: 'not_found' })
})
