import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { acceptEvent } from '@/lib/event/accept-event'
import { requestEpoch } from '@/lib/integrity/log/requests'
import { MASTER_SECRET } from '@/lib/integrity/testing/sealed-log'
import { append } from '@/lib/trail/append'
import { toEventRow } from '@/lib/trail/event-row'
import { LogSigner } from './log-signer'
import { PublishedHeads } from './published-heads'
import { sealHeads } from './seal-heads'
import { sealTrails } from './seal-trails'

useTestDatabase()

const HOUR_MS = 3_600_000
const EVENTS = 1_200
/** What verifiers allow between clocks. */
const TOLERANCE_MS = 60_000

/** Everything that was ever published. */
class Witnessed extends PublishedHeads {
  readonly notes: { logId: string; note: string }[] = []
  override note(published: readonly { logId: string; note: string }[]): void {
    this.notes.push(...published)
    super.note(published)
  }
}

/** Size and time, in Unix milliseconds, that a checkpoint states. */
function readCheckpoint(note: string): { size: number; timeMs: number } {
  const clock = note.split('\n').find((line) => line.includes('/clock ')) ?? ''
  const signature = Buffer.from(clock.split(' ')[2] ?? '', 'base64')
  return { size: Number(note.split('\n')[1]), timeMs: Number(signature.readBigUInt64BE(4)) * 1000 }
}

test('events that waited an hour for the sealer seem back-dated by none of its checkpoints, nor by a new epoch', async () => {
  const scope = await newMemberScope()
  const published = new Witnessed()
  const started = Date.now() + 2 * HOUR_MS
  let nowMs = started
  const tools = { signer: new LogSigner(MASTER_SECRET), published, now: () => nowMs }
  await sealTrails({ ...tools, budgetMs: 60_000 })
  const receivedAt = Array.from({ length: EVENTS }, (_, i) =>
    new Date(started + (i * HOUR_MS) / EVENTS).toISOString(),
  )
  await append(
    receivedAt.map((at) => {
      const acceptance = acceptEvent({ type: 'account', action: 'signed in' }, at)
      if ('violations' in acceptance) throw new Error('the sample event is not valid')
      const owner = { tenantId: scope.tenantId, idKey: new Uint8Array() }
      return toEventRow(owner, acceptance.accepted, 'system', at)
    }),
  )
  nowMs = started + HOUR_MS
  await requestEpoch(scope, { reason: 'the sealer was away' })
  await sealTrails({ ...tools, budgetMs: 0 })
  while ((await sealHeads([scope.tenantId], 512, tools)).events > 0);

  const own = published.notes.map(({ note }) => readCheckpoint(note)).filter(({ size }) => size > 0)
  expect(own.length).toBeGreaterThan(3)
  const firstSeq = own[0]?.size ?? 0
  for (const { size, timeMs } of own)
    for (const [i, at] of receivedAt.entries()) {
      if (firstSeq + i >= size) expect(timeMs - TOLERANCE_MS).toBeLessThanOrEqual(Date.parse(at))
      else expect(timeMs + TOLERANCE_MS).toBeGreaterThanOrEqual(Date.parse(at))
    }
  expect(own.map(({ timeMs }) => timeMs)).toEqual(own.map(({ timeMs }) => timeMs).sort((a, b) => a - b))
}, 30_000)
