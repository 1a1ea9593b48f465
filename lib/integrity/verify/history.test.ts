import { describe, expect, test } from 'vitest'
import { deriveLogKey } from '@/lib/integrity/checkpoint/derive-keys'
import { signCheckpoint } from '@/lib/integrity/checkpoint/sign-checkpoint'
import {
  CLOCK_KEY,
  HOST,
  LOG_KEY,
  MASTER_SECRET,
  ORIGIN,
  POLICY,
  SealedLog,
  STARTED_MS,
  sampleEvent,
  sampleLog,
} from '@/lib/integrity/testing/sealed-log'
import { reasonOf, verifyLines } from '@/lib/integrity/testing/verify-lines'

const NEXT = `${HOST}/log/0190f7a0-9999-7abc-8def-0123456789ab`
const nextKey = deriveLogKey(MASTER_SECRET, NEXT, 0)
const policy = `log ${nextKey.vkey}\n${POLICY}`
const underNext = (events: SealedLog['events']) => new SealedLog(events, NEXT, [nextKey, CLOCK_KEY])

const log = sampleLog(40)
/** The same trail under the name that it got later, with more events. */
const next = underNext(sampleLog(50).events)
const alone = await next.rangeBundle(10, 20)
const rewritten = new SealedLog(
  log.events.map((one, i) => (i === 5 ? sampleEvent(5, { action: 'deleted' }) : one)),
)

/** The lines of a bundle of the next epoch, with the proof that it continues these notes. */
function continuing(...notes: string[]): string[] {
  const consistency = notes.map((oldCheckpoint) => {
    const size = Number(oldCheckpoint.split('\n')[1])
    const proof = size === next.size ? [] : next.tree.consistency(size, next.size)
    return JSON.stringify({
      type: 'consistency',
      oldCheckpoint,
      proof: proof.map((h) => h.toString('base64')),
    })
  })
  return [alone[0] ?? '', ...consistency, ...alone.slice(1)]
}
const refusal = (lines: string[], options = {}) => reasonOf(verifyLines(lines, { policy, ...options }))

describe('an epoch signs the tree of the one before it under another name', () => {
  test('a proof that it continues a checkpoint from then is one, and is told apart', async () => {
    const report = await verifyLines(continuing(log.checkpoint(8), next.checkpoint(30)), { policy })
    expect(report).toMatchObject({ continues: [30], continuesOthers: [{ origin: ORIGIN, size: 8 }] })
  })

  test('a remembered checkpoint from then is continued if the file proves it', async () => {
    const remembered = [log.checkpoint(8)]
    expect(await refusal(alone, { remembered })).toBe('consistency_missing')
    const report = await verifyLines(continuing(log.checkpoint(8)), { policy, remembered })
    expect(report.continuesOthers).toContainEqual({ origin: ORIGIN, size: 8 })
    const same = underNext(log.events)
    const moved = await verifyLines(await same.rangeBundle(10, 20), {
      policy,
      remembered: [log.checkpoint()],
    })
    expect(moved).toMatchObject({ continues: [], continuesOthers: [{ origin: ORIGIN, size: 40 }] })
  })

  test('another past than the one that is remembered is refused', async () => {
    const old = rewritten.checkpoint(8)
    expect(await refusal(continuing(old))).toBe('consistency_invalid')
    expect(await refusal(continuing(log.checkpoint(8)), { remembered: [old] })).toBe('fork')
    const before = underNext(log.events.slice(0, 30))
    expect(await refusal(await before.rangeBundle(10, 20), { remembered: [log.checkpoint()] })).toBe(
      'older_checkpoint',
    )
  })

  test('one of a log that the policy does not name counts for nothing', async () => {
    const onlyNext = policy.replace(`log ${LOG_KEY.vkey}\n`, '')
    expect(await refusal(continuing(log.checkpoint(8)), { policy: onlyNext })).toBe('unknown_log')
    expect(await refusal(alone, { policy: onlyNext, remembered: [log.checkpoint(8)] })).toBe('unknown_log')
  })

  test('times that were signed then bound the events', async () => {
    const late = log.checkpoint(8, STARTED_MS / 1000 + 3600)
    expect(await refusal(continuing(late))).toBe('back_dated')
  })
})

describe('the checkpoint of an empty log', () => {
  test('needs no proof', async () => {
    const remembered = [next.checkpoint(0)]
    expect(await refusal(alone, { remembered })).toBe('yes')
    expect(await refusal(continuing(next.checkpoint(0)))).toBe('yes')
  })

  test('must have the root of nothing', async () => {
    const head = { origin: NEXT, size: 0, root: Buffer.alloc(32) }
    const forged = signCheckpoint(head, [nextKey, CLOCK_KEY], STARTED_MS / 1000)
    expect(await refusal(alone, { remembered: [forged] })).toBe('fork')
    expect(await refusal(continuing(forged))).toBe('consistency_invalid')
  })

  test('under another name says nothing of this log: neither that it is continued nor when', async () => {
    const other = log.checkpoint(0, STARTED_MS / 1000 + 3600)
    const report = await verifyLines(continuing(other), { policy, remembered: [other] })
    expect(report.continuesOthers).toEqual([])
    expect(await refusal(continuing(next.checkpoint(0, STARTED_MS / 1000 + 3600)))).toBe('back_dated')
  })
})
