import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { policyOf, sealNow } from '@/lib/integrity/testing/seal-now'
import { verifierOf } from '@/lib/integrity/testing/verify-lines'
import { verifyEventProof } from '@/lib/integrity/verify/event-proof'
import { Skips } from '@/lib/integrity/verify/skips'
import { createToken } from '@/lib/tokens/create'
import { eventsRoute } from '@/lib/trail/events-route'
import { newTokenClient, someEvent, type TokenClient } from '@/lib/trail/testing/token-client'
import { proveVerdicts } from './prove-verdicts'

useTestDatabase()

async function sendWaiting(
  { secret }: Pick<TokenClient, 'secret'>,
  body: unknown,
  { query = 'wait=sealed', type = 'application/json' } = {},
) {
  const request = new Request(`http://localhost/api/v1/events?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': type },
    body: JSON.stringify(body),
  })
  const response = await eventsRoute.POST(request, undefined)
  return { status: response.status, answer: await response.json() }
}

/** As the sealer does, but only after the events are there. */
async function sealMeanwhile<T>(answer: Promise<T>): Promise<T> {
  let isDone = false
  const done = answer.finally(() => {
    isDone = true
  })
  while (!isDone) {
    await Promise.race([sleep(200), done])
    if (!isDone) await sealNow()
  }
  return done
}

const verify = async (proof: string, scope: TenantScope) =>
  verifyEventProof(proof, verifierOf(await policyOf(scope)), new Skips(new Set()))

test('who waits for the seal gets a proof of each event that verifies offline', async () => {
  const client = await newTokenClient()
  const sent = Array.from({ length: 300 }, (_, i) => someEvent({ message: `number ${i}` }))
  const { status, answer } = await sealMeanwhile(sendWaiting(client, { events: [...sent, { type: 1 }] }))
  expect(status).toBe(207)
  expect(answer).toMatchObject({ accepted: 300, rejected: 1, sealed: true })
  for (const i of [0, 150, 299]) {
    const { seq, proof } = answer.results[i]
    const { index, event } = await verify(proof, client.scope)
    expect([index, event.event]).toEqual([seq, expect.objectContaining({ message: `number ${i}` })])
  }
  expect(answer.results[300]).not.toHaveProperty('proof')
})

test('many who wait at the same time are all answered', async () => {
  const clients = await Promise.all(Array.from({ length: 4 }, newTokenClient))
  const sending = clients.flatMap((client) => [1, 2, 3].map(() => sendWaiting(client, someEvent())))
  const answers = await sealMeanwhile(Promise.all(sending))
  expect(answers.map(({ answer }) => answer.results[0].proof)).toEqual(
    answers.map(() => expect.stringMatching(/^c2sp\.org\/tlog-proof@v1\n/)),
  )
})

test("a duplicate's proof holds what somebody sent before, so it wants the permission to read", async () => {
  const client = await newTokenClient()
  const { secret } = await createToken(client.scope, { name: 'writer', scopes: ['events:write'] })
  const event = someEvent({ dataSource: 'd', externalRef: '1', message: 'the first' })
  await client.post(event)
  await sealNow()
  const guess = { ...event, message: 'a guess' }
  const { answer: read } = await sendWaiting(client, guess)
  expect((await verify(read.results[0].proof, client.scope)).event.event).toMatchObject({
    message: 'the first',
  })
  const { answer: blind } = await sendWaiting({ secret }, guess)
  expect(blind).toMatchObject({ sealed: true, results: [{ status: 'duplicate' }] })
  expect(blind.results[0]).not.toHaveProperty('proof')
})

test('while nothing is sealed the verdicts come without proofs when the time is over', async () => {
  const { post, scope } = await newTokenClient()
  const { answer } = await post(someEvent())
  const sealing = await proveVerdicts(scope.tenantId, answer.results, { mayRead: true, maxWaitMs: 150 })
  expect(sealing).toEqual({ results: answer.results, sealed: false })
})

test('who comes when too many wait is answered at once without proofs, and so are none once those are done', async () => {
  const { scope } = await newTokenClient()
  const verdicts = Array.from({ length: 20_000 }, (_, i) => ({
    status: 'created' as const,
    id: `0190f7a0-0000-7000-8000-${String(i).padStart(12, '0')}`,
    seq: 1_000_000 + i,
    leafHash: '00'.repeat(32),
  }))
  const options = { mayRead: true, maxWaitMs: 300 }
  const first = proveVerdicts(scope.tenantId, verdicts, options)
  const started = performance.now()
  expect(await proveVerdicts(scope.tenantId, verdicts.slice(0, 1), options)).toMatchObject({ sealed: false })
  expect(performance.now() - started).toBeLessThan(250)
  await first
  const again = performance.now()
  await proveVerdicts(scope.tenantId, verdicts.slice(0, 1), options)
  expect(performance.now() - again).toBeGreaterThan(250)
})

test('all rejected is answered at once', async () => {
  const { status, answer } = await sendWaiting(await newTokenClient(), { type: 1 })
  expect(status).toBe(422)
  expect(answer.results).toHaveLength(1)
})

test.each([
  ['wait=delivered', 'application/json', 'must be "sealed"'],
  ['wait=sealed', 'application/x-ndjson', 'is for JSON'],
])('%s with %s is refused, and nothing is stored', async (query, type, words) => {
  const client = await newTokenClient()
  const { status, answer } = await sendWaiting(client, someEvent(), { query, type })
  expect(status).toBe(400)
  expect(answer.detail).toContain(words)
})
