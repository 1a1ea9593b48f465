import { describe, expect, test } from 'vitest'
import { entryHash, leafHash } from '@/lib/integrity/leaf'
import { SealedLog, sampleEvent, sampleLog } from '@/lib/integrity/testing/sealed-log'
import { reasonOf, verifierOf, verifyLines } from '@/lib/integrity/testing/verify-lines'
import { verifyEventProof } from '@/lib/integrity/verify/event-proof'
import { Skips } from '@/lib/integrity/verify/skips'
import { eraseSlots } from './erase-slots'
import { eventEntry } from './event-entry'

const notice = (index: number, targets: number[], pointers: string[]) =>
  sampleEvent(index, {
    type: 'trail.redaction',
    action: 'trail.redaction',
    data: { targets, pointers, reasonCode: 'gdpr-17', by: 'usr_1' },
  })
/** Ten events, then the notice that values of event 3 are erased. */
const erased = (pointers: string[], said = pointers) => {
  const log = new SealedLog([...sampleLog(10).events, notice(10, [3], said)])
  log.erase(3, pointers)
  return log
}

describe('an erased value', () => {
  const { event, redaction, removed } = eraseSlots(
    { action: 'x', actor: { login: 'jdoe', ip: '::1' }, data: {}, targets: [] },
    { seed: Buffer.alloc(32, 1) },
    ['/actor'],
  )

  test('is gone with its object, and what was empty from the start stays', () => {
    expect(event).toEqual({ action: 'x', data: {}, targets: [] })
    expect(removed).toEqual(['/actor/login', '/actor/ip'])
  })

  test('leaves a sorted digest, and the others keep their salts', () => {
    expect(redaction.redacted).toHaveLength(2)
    const hexes = redaction.redacted.map((digest) => Buffer.from(digest, 'base64').toString('hex'))
    expect(hexes).toEqual([...hexes].sort())
    expect(Object.keys(redaction.salts)).toEqual(['/action', '/data', '/targets'])
  })

  test('takes the seed with it: nothing of it is in the redaction', () => {
    expect(redaction).not.toHaveProperty('seed')
  })
})

test('the entry, and with it the leaf, stays as it was after each erasure', () => {
  const { id, receivedAt, body, seed } = sampleEvent(3)
  const whole = JSON.parse(body)
  const once = eraseSlots(whole, { seed }, ['/actor/login', '/targets'])
  const twice = eraseSlots(once.event, once.redaction, ['/data'])
  const nothing = eraseSlots(twice.event, twice.redaction, [''])
  expect(nothing.event).toEqual({})
  for (const { event, redaction } of [once, twice, nothing])
    expect(entryHash(eventEntry(event, redaction, id, receivedAt))).toBe(
      leafHash(whole, seed, id, receivedAt),
    )
  expect(eventEntry(whole, { seed }, id, receivedAt)).toHaveLength(148)
  expect(() => eventEntry(whole, once.redaction, id, receivedAt)).toThrow('No salt is kept')
})

test('a member named __proto__ is erased like any other', () => {
  const event = JSON.parse('{"data":{"__proto__":{"a":1},"b":2}}')
  const erasure = eraseSlots(event, { seed: Buffer.alloc(32) }, ['/data/__proto__'])
  expect(JSON.stringify(erasure.event)).toBe('{"data":{"b":2}}')
})

test('a pointer to nothing, or into a slot, erases nothing', () => {
  const event = { data: { a: { b: 1 } } }
  const erasure = eraseSlots(event, { seed: Buffer.alloc(32) }, ['/data/a/b', '/dat', '/data/'])
  expect(erasure).toMatchObject({ event, removed: [], redaction: { redacted: [] } })
})

describe('the event of an erased value stays provable', () => {
  test.each([[['/actor/login']], [['/actor/login', '/data/a~1b~0']], [['/actor', '/data']], [['']]])(
    'after erasing %j',
    async (pointers) => {
      const lines = await erased(pointers).rangeBundle(0, 11)
      expect(await verifyLines(lines)).toMatchObject({ complete: { from: 0, to: 11 }, redacted: 1 })
      expect(JSON.parse(lines[4] ?? '')).not.toHaveProperty('seed')
    },
  )

  test('after erasing again', async () => {
    const log = erased(['/actor/login'], ['/actor/login', '/data/n'])
    log.erase(3, ['/data/n'])
    expect(await verifyLines(await log.rangeBundle(0, 11))).toMatchObject({ redacted: 1 })
  })

  test('by a notice outside the range', async () => {
    expect(await verifyLines(await erased(['/actor']).rangeBundle(0, 5, [10]))).toMatchObject({ single: 1 })
  })
})

describe('an erasure that the log does not explain is refused', () => {
  const refusal = (lines: string[], allow: 'redactions'[] = []) => reasonOf(verifyLines(lines, { allow }))

  test('without a notice in the file', async () => {
    const lines = await erased(['/actor/login']).rangeBundle(0, 10)
    expect(await refusal(lines)).toBe('redaction_unexplained')
    expect(await refusal(lines, ['redactions'])).toBe('yes')
  })

  test('with a notice of fewer values, of another event, or from before', async () => {
    expect(
      await refusal(await erased(['/actor/login', '/actor/ip'], ['/actor/login']).rangeBundle(0, 11)),
    ).toBe('redaction_unexplained')
    const repeated = new SealedLog([...sampleLog(10).events, notice(10, [3, 3], ['/actor/ip', '/actor/ip'])])
    repeated.erase(3, ['/actor/login', '/actor/ip'])
    expect(await refusal(await repeated.rangeBundle(0, 11))).toBe('redaction_unexplained')
    const other = new SealedLog([...sampleLog(10).events, notice(10, [4], [''])])
    other.erase(3, ['/actor'])
    expect(await refusal(await other.rangeBundle(0, 11))).toBe('redaction_unexplained')
    const before = new SealedLog([notice(0, [3], ['']), ...sampleLog(10).events.slice(1)])
    before.erase(3, ['/actor'])
    expect(await refusal(await before.rangeBundle(0, 10))).toBe('redaction_unexplained')
  })

  test('with a notice that says nothing', async () => {
    const log = new SealedLog([sampleEvent(0, { type: 'trail.redaction', data: {} })])
    expect(await refusal(await log.rangeBundle(0, 1))).toBe('event_malformed')
  })

  test('in a proof of its own, where no notice can be', async () => {
    const proof = erased(['/actor/login']).proof(3)
    const verify = (allow: 'redactions'[]) => verifyEventProof(proof, verifierOf(), new Skips(new Set(allow)))
    expect(await reasonOf(verify([]))).toBe('redaction_unexplained')
    expect(await reasonOf(verify(['redactions']))).toBe('yes')
  })
})

type Fields = Record<string, unknown>

describe('an erased event that was tampered with is refused', () => {
  const refusal = async (change: (fields: Fields) => unknown) => {
    const lines = await erased(['/actor/login']).rangeBundle(0, 11)
    return reasonOf(
      verifyLines(lines.map((line, i) => (i === 4 ? JSON.stringify(change(JSON.parse(line))) : line))),
    )
  }
  const zero = Buffer.alloc(32).toString('base64')

  test.each<[string, string, (fields: Fields) => unknown]>([
    ['another digest', 'root_mismatch', (f) => ({ ...f, redacted: [zero] })],
    [
      'a digest more',
      'redaction_unexplained',
      (f) => ({ ...f, redacted: [...(f.redacted as string[]), zero] }),
    ],
    ['no digest', 'event_malformed', (f) => ({ ...f, redacted: [] })],
    ['its seed', 'seed_kept', (f) => ({ ...f, seed: zero })],
    ['a salt without a value', 'event_malformed', (f) => ({ ...f, event: { action: 'signed in' } })],
    ['a value without a salt', 'event_malformed', (f) => ({ ...f, salts: {} })],
    ['a salt too short', 'malformed', (f) => ({ ...f, salts: { '/type': 'AAAA' } })],
    ['another value', 'root_mismatch', (f) => ({ ...f, event: { ...(f.event as Fields), action: 'other' } })],
  ])('with %s: %s', async (_what, reason, change) => {
    const found = await refusal(change)
    // One digest more changes the content as well; which of both is said first does not matter.
    expect(reason === 'redaction_unexplained' ? [reason, 'root_mismatch'] : [reason]).toContain(found)
  })
})
