import { expect, test } from 'vitest'
import type { StoredEvent } from '@/lib/event/stored-event'
import { leafHash } from '@/lib/integrity/leaf'
import { POLICY, sampleLog } from '@/lib/integrity/testing/sealed-log'
import { type Step, verifyShownEvent } from './verify-shown-event'

const INDEX = 17
const log = sampleLog(300)

function shownOf(of: typeof log, over: Record<string, unknown> = {}): StoredEvent {
  const { id, receivedAt, body, seed } = of.events[INDEX] ?? of.events[0] ?? never()
  const original = JSON.parse(log.events[INDEX]?.body ?? '')
  const hash = leafHash(original, seed, id, receivedAt)
  return { id, seq: INDEX, receivedAt, leafHash: hash, origin: 'token:x', ...JSON.parse(body), ...over }
}
function never(): never {
  throw new Error('The sample log is empty.')
}

async function steps(shown: StoredEvent, proof = log.proof(INDEX), policy = POLICY): Promise<Step[]> {
  const all: Step[] = []
  for await (const step of verifyShownEvent(shown, proof, policy)) all.push(step)
  return all
}

test('an event as it was sealed passes every step, from its values to the signed root', async () => {
  const all = await steps(shownOf(log))
  expect(all.map(({ name, ok }) => [name, ok])).toEqual(
    ['values', 'leaf', 'signature', 'path', 'whole'].map((name) => [name, true]),
  )
})

test('the leaf is derived from what is shown: a page that shows another value fails there', async () => {
  const lying = shownOf(log, { actor: { login: 'somebody else', ip: '203.0.113.9' } })
  expect((await steps(lying)).at(-1)).toMatchObject({ name: 'leaf', ok: false })
  expect((await steps(shownOf(log, { extra: 1 }))).at(-1)).toMatchObject({ name: 'leaf', ok: false })
  const later = shownOf(log, { receivedAt: '2026-11-20T22:39:00.000Z' })
  expect((await steps(later)).at(-1)).toMatchObject({ name: 'leaf', ok: false })
})

test('a proof of another event, another place or another key fails in the step that shows it', async () => {
  expect((await steps(shownOf(log), log.proof(18))).at(-1)).toMatchObject({ name: 'leaf', ok: false })
  const moved = log.proof(INDEX).replace('index 17', 'index 18')
  expect((await steps(shownOf(log), moved)).at(-1)).toMatchObject({
    name: 'path',
    ok: false,
    reason: 'inclusion_invalid',
  })
  const forged = log.proof(INDEX).replace('\n300\n', '\n299\n')
  expect((await steps(shownOf(log), forged)).at(-1)).toMatchObject({
    name: 'signature',
    reason: 'signature_invalid',
  })
  expect((await steps(shownOf(log), log.proof(INDEX), 'quorum none')).at(-1)).toMatchObject({
    name: 'values',
    ok: false,
    reason: 'not_checked',
  })
})

test('what is left of an erased event stays provable, also when what every event has is filled in', async () => {
  const erased = sampleLog(300)
  erased.erase(INDEX, ['/actor/login', '/action'])
  const shown = shownOf(erased, { action: 'erased', erased: true })
  const all = await steps(shown, erased.proof(INDEX))
  expect(all.at(-1)).toMatchObject({ name: 'whole', ok: true })
  expect(all[0]).toMatchObject({
    lines: [
      ['Values', '6 members, as this page shows them'],
      ['Erased', '2 values, of which only digests are left'],
    ],
  })
  const lying = { ...shown, level: 'error' as const }
  expect((await steps(lying, erased.proof(INDEX))).at(-1)).toMatchObject({ name: 'leaf', ok: false })
})
