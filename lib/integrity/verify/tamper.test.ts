import { describe, expect, test } from 'vitest'
import { deriveClockKey, deriveLogKey } from '@/lib/integrity/checkpoint/derive-keys'
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
import { reasonOf, verifyLines, verifyText } from '@/lib/integrity/testing/verify-lines'

const SIZE = 40
const log = sampleLog(SIZE)
/** Header, one proof of an older checkpoint, events 10 to 19, event 30 by itself. */
const bundle = await log.rangeBundle(10, 20, [30], [8])
const FIRST_EVENT = 2
const SINGLE = bundle.length - 1

type Fields = Record<string, unknown>
/** The bundle with one line changed. */
function change(line: number, to: (fields: Fields) => Fields, lines = bundle): string[] {
  return lines.map((text, i) => (i === line ? JSON.stringify(to(JSON.parse(text))) : text))
}
const refusal = (lines: string[], options = {}) => reasonOf(verifyLines(lines, options))
const event = (fields: Fields) => fields.event as Fields

test('untouched, it is accepted', async () => {
  expect(await refusal(bundle)).toBe('yes')
})

describe('an event of the range', () => {
  test.each<[string, string, (fields: Fields) => Fields]>([
    ['a value altered', 'root_mismatch', (f) => ({ ...f, event: { ...event(f), action: 'signed out' } })],
    ['a value added', 'root_mismatch', (f) => ({ ...f, event: { ...event(f), code: 'X' } })],
    ['the id altered', 'root_mismatch', (f) => ({ ...f, id: '0190f7a0-0000-7000-8000-ffffffffffff' })],
    ['back-dated by hand', 'root_mismatch', (f) => ({ ...f, receivedAt: '2026-11-20T22:38:11.999Z' })],
    ['the seed altered', 'root_mismatch', (f) => ({ ...f, seed: Buffer.alloc(32).toString('base64') })],
    ['the index of another', 'event_missing', (f) => ({ ...f, index: 13 })],
    ['the index out of the range', 'event_unexpected', (f) => ({ ...f, index: 25 })],
    ['the index beyond the tree', 'event_unexpected', (f) => ({ ...f, index: 40 })],
    ['an index that is none', 'malformed', (f) => ({ ...f, index: -1 })],
    ['an id that is none', 'event_malformed', (f) => ({ ...f, id: 'x' })],
    ['no time', 'event_malformed', (f) => ({ ...f, receivedAt: '2026-11-20T22:38:12Z' })],
    ['no seed', 'event_malformed', ({ seed, ...f }) => f],
    ['a seed too short', 'malformed', (f) => ({ ...f, seed: 'AAAA' })],
    ['no event', 'event_malformed', (f) => ({ ...f, event: [] })],
  ])('%s: %s', async (_what, reason, to) => {
    expect(await refusal(change(FIRST_EVENT + 2, to))).toBe(reason)
  })

  test('dropped', async () => {
    expect(await refusal(bundle.filter((_, i) => i !== FIRST_EVENT + 3))).toBe('event_missing')
  })

  test('dropped, and the others moved up to hide it', async () => {
    const moved = bundle
      .filter((_, i) => i !== FIRST_EVENT + 3)
      .map((line, i) => {
        const fields = JSON.parse(line)
        const isAfter = i >= FIRST_EVENT + 3 && fields.type === 'event' && !fields.proof
        return isAfter ? JSON.stringify({ ...fields, index: fields.index - 1 }) : line
      })
    expect(await refusal(moved)).toBe('truncated')
    const shorter = change(0, (f) => ({ ...f, range: { ...(f.range as Fields), to: 19 } }), moved)
    expect(await refusal(shorter)).toBe('range_proof_invalid')
  })

  test('inserted', async () => {
    const twice = [
      ...bundle.slice(0, FIRST_EVENT + 3),
      bundle[FIRST_EVENT + 2] ?? '',
      ...bundle.slice(FIRST_EVENT + 3),
    ]
    expect(await refusal(twice)).toBe('event_out_of_order')
  })

  test('two lines swapped', async () => {
    const swapped = [...bundle]
    swapped[FIRST_EVENT] = bundle[FIRST_EVENT + 1] ?? ''
    swapped[FIRST_EVENT + 1] = bundle[FIRST_EVENT] ?? ''
    expect(await refusal(swapped)).toBe('event_missing')
  })

  test('two events swapped, each with the index of the other', async () => {
    const a = JSON.parse(bundle[FIRST_EVENT] ?? '')
    const b = JSON.parse(bundle[FIRST_EVENT + 1] ?? '')
    const swapped = [...bundle]
    swapped[FIRST_EVENT] = JSON.stringify({ ...b, index: a.index })
    swapped[FIRST_EVENT + 1] = JSON.stringify({ ...a, index: b.index })
    expect(await refusal(swapped)).toBe('root_mismatch')
  })

  test('a value that stands twice, so that people read another than was hashed', async () => {
    const lines = [...bundle]
    lines[FIRST_EVENT] = (bundle[FIRST_EVENT] ?? '').replace('"action":', '"action":"nothing","action":')
    expect(await refusal(lines)).toBe('duplicate_member')
    lines[FIRST_EVENT] = (bundle[FIRST_EVENT] ?? '').replace('"index":10', '"index":10.00')
    expect(await refusal(lines)).toBe('yes')
  })

  test('digits that no number carries', async () => {
    const whole = new SealedLog([sampleEvent(0, { data: 9007199254740992 })])
    const [header = '', line = ''] = await whole.rangeBundle(0, 1)
    expect(await refusal([header, line])).toBe('yes')
    expect(await refusal([header, line.replace('9007199254740992', '9007199254740993')])).toBe('malformed')
  })
})

describe('a single event', () => {
  test.each<[string, string, (fields: Fields) => Fields]>([
    ['altered', 'inclusion_invalid', (f) => ({ ...f, event: { ...event(f), action: 'signed out' } })],
    ['moved', 'inclusion_invalid', (f) => ({ ...f, index: 31 })],
    ['moved into the range', 'event_repeated', (f) => ({ ...f, index: 11 })],
    ['with a proof cut', 'inclusion_invalid', (f) => ({ ...f, proof: (f.proof as string[]).slice(1) })],
    ['with an empty proof', 'inclusion_invalid', (f) => ({ ...f, proof: [] })],
    [
      'with a proof too long',
      'malformed',
      (f) => ({ ...f, proof: Array(129).fill((f.proof as string[])[0]) }),
    ],
    ['with a proof of other text', 'malformed', (f) => ({ ...f, proof: ['x'] })],
    ['without its proof', 'event_unexpected', ({ proof, ...f }) => f],
  ])('%s: %s', async (_what, reason, to) => {
    expect(await refusal(change(SINGLE, to))).toBe(reason)
  })

  test('twice', async () => {
    expect(await refusal([...bundle, bundle[SINGLE] ?? ''])).toBe('event_repeated')
  })

  test('without a proof where there is no range', async () => {
    const present = await log.presenceBundle([5])
    expect(await refusal(change(1, ({ proof, ...f }) => f, present))).toBe('proof_missing')
  })
})

describe('the file', () => {
  test('cut off after a line', async () => {
    expect(await refusal(bundle.slice(0, FIRST_EVENT + 5))).toBe('truncated')
  })

  test('cut off within a line', async () => {
    const last = bundle[FIRST_EVENT + 5] ?? ''
    const cut = [...bundle.slice(0, FIRST_EVENT + 5), last.slice(0, 100)]
    expect(await reasonOf(verifyText(cut.join('\n')))).toBe('truncated')
    expect(await refusal(cut)).toBe('malformed')
    expect(await reasonOf(verifyText(bundle.join('\n')))).toBe('yes')
  })

  test('without its header, empty, of another format, with an unknown line or an empty one', async () => {
    expect(await refusal(bundle.slice(1))).toBe('malformed')
    expect(await refusal([])).toBe('malformed')
    expect(await refusal(change(0, (f) => ({ ...f, format: 'trail-evidence/v2' })))).toBe('malformed')
    expect(await refusal([...bundle, '{"type":"note"}'])).toBe('malformed')
    expect(await refusal([...bundle, '', ''])).toBe('malformed')
  })

  test('a header that promises another range than it has, or both range and presence', async () => {
    const range = (over: Fields) => change(0, (f) => ({ ...f, range: { ...(f.range as Fields), ...over } }))
    expect(await refusal(range({ from: 9 }))).toBe('event_missing')
    expect(await refusal(range({ from: 11 }))).toBe('range_proof_invalid')
    expect(await refusal(range({ to: 41 }))).toBe('range_proof_invalid')
    expect(await refusal(range({ to: 21 }))).toBe('truncated')
    expect(await refusal(range({ left: [] }))).toBe('range_proof_invalid')
    expect(await refusal(range({ right: [] }))).toBe('range_proof_invalid')
    expect(await refusal(change(0, (f) => ({ ...f, proves: 'presence' })))).toBe('malformed')
  })
})

describe('the checkpoint', () => {
  const withNote = (note: string) => change(0, (f) => ({ ...f, checkpoint: note }))
  const note = log.checkpoint()
  const [text = '', lines = ''] = note.split('\n\n')
  const [logLine, clockLine] = lines.trimEnd().split('\n')

  test('the signature swapped for that of another checkpoint', async () => {
    const other = log.checkpoint(39).split('\n\n')[1]?.split('\n')[0]
    expect(await refusal(withNote(`${text}\n\n${other}\n${clockLine}\n`))).toBe('signature_invalid')
  })

  test('the cosignature swapped for that of another checkpoint', async () => {
    const other = log.checkpoint(39).split('\n\n')[1]?.split('\n')[1]
    expect(await refusal(withNote(`${text}\n\n${logLine}\n${other}\n`))).toBe('signature_invalid')
  })

  test('the time altered', async () => {
    const [dash, name, base64 = ''] = clockLine?.split(' ') ?? []
    const bytes = Buffer.from(base64, 'base64')
    bytes.writeBigUInt64BE(1n, 4)
    const line = `${dash} ${name} ${bytes.toString('base64')}`
    expect(await refusal(withNote(`${text}\n\n${logLine}\n${line}\n`))).toBe('signature_invalid')
  })

  test("only a witness' signature: a note that opens, but is not the log's", async () => {
    expect(await refusal(withNote(`${text}\n\n${clockLine}\n`))).toBe('log_signature_missing')
  })

  test("only the log's signature, where the policy asks for the clock", async () => {
    expect(await refusal(withNote(`${text}\n\n${logLine}\n`))).toBe('quorum_missing')
  })

  test('signed by the wrong key under the right name', async () => {
    const stranger = deriveLogKey(Buffer.alloc(32, 9), ORIGIN, 0)
    const forged = new SealedLog(log.events, ORIGIN, [stranger, CLOCK_KEY])
    expect(await refusal(await forged.rangeBundle(10, 20))).toBe('log_signature_missing')
  })

  test("the wrong key with the right key's id", async () => {
    const stranger = { ...deriveLogKey(Buffer.alloc(32, 9), ORIGIN, 0), id: LOG_KEY.id }
    const forged = new SealedLog(log.events, ORIGIN, [stranger, CLOCK_KEY])
    expect(await refusal(await forged.rangeBundle(10, 20))).toBe('signature_invalid')
  })

  test('of another epoch of the log', async () => {
    const origin = `${HOST}/log/0190f7a0-9999-7abc-8def-0123456789ab`
    const other = new SealedLog(log.events, origin, [deriveLogKey(MASTER_SECRET, origin, 0), CLOCK_KEY])
    expect(await refusal(await other.rangeBundle(10, 20))).toBe('unknown_log')
    const both = `log ${deriveLogKey(MASTER_SECRET, origin, 0).vkey}\n${POLICY}`
    expect(await refusal(await other.rangeBundle(10, 20), { policy: both })).toBe('yes')
    const mixed = change(0, (f) => ({ ...f, origin }))
    expect(await refusal(mixed, { policy: both })).toBe('unknown_log')
    expect(
      await refusal(await other.rangeBundle(10, 20), { policy: both, remembered: [log.checkpoint(8)] }),
    ).toBe('consistency_missing')
  })

  test('an older one than the events', async () => {
    expect(await refusal(withNote(log.checkpoint(39)))).toBe('consistency_invalid')
    const alone = await log.rangeBundle(10, 20)
    for (const size of [39, 12, 0])
      expect(await refusal(change(0, (f) => ({ ...f, checkpoint: log.checkpoint(size) }), alone))).toBe(
        'range_proof_invalid',
      )
    const present = await log.presenceBundle([5])
    const aged = change(0, (f) => ({ ...f, checkpoint: log.checkpoint(39) }), present)
    expect(await refusal(aged)).toBe('inclusion_invalid')
  })

  test('an older one than its user keeps', async () => {
    const old = new SealedLog(log.events.slice(0, 30))
    const lines = await old.rangeBundle(10, 20)
    expect(await refusal(lines, { remembered: [log.checkpoint()] })).toBe('older_checkpoint')
  })

  test('another root', async () => {
    const root = Buffer.alloc(32, 3)
    const body = text.replace(/[^\n]+$/, root.toString('base64'))
    expect(await refusal(withNote(`${body}\n\n${lines}`))).toBe('signature_invalid')
  })
})

describe('everything rewritten and signed again', () => {
  const events = log.events.map((one, i) => (i === 5 ? sampleEvent(5, { action: 'deleted' }) : one))
  const rewritten = new SealedLog(events)

  test('is accepted by one who keeps nothing', async () => {
    expect(await refusal(await rewritten.rangeBundle(0, 10, [], [8]))).toBe('yes')
  })

  test('is found by one who keeps a checkpoint', async () => {
    const lines = await rewritten.rangeBundle(0, 10, [], [8])
    expect(await refusal(lines, { remembered: [log.checkpoint(8)] })).toBe('fork')
    expect(await refusal(lines, { remembered: [log.checkpoint()] })).toBe('fork')
  })

  test('does not get the kept checkpoint into its proofs', async () => {
    const lines = await rewritten.rangeBundle(0, 10, [], [8])
    const swapped = change(1, (f) => ({ ...f, oldCheckpoint: log.checkpoint(8) }), lines)
    expect(await refusal(swapped, { remembered: [log.checkpoint(8)] })).toBe('consistency_invalid')
    const cut = change(1, (f) => ({ ...f, proof: (f.proof as string[]).slice(1) }), lines)
    expect(await refusal(cut)).toBe('consistency_invalid')
  })
})

describe('time, when the operator signs it', () => {
  const shifted = (index: number, byMs: number) => {
    const events = log.events.map((one, i) => {
      const receivedAt = new Date(STARTED_MS + i * 1000 + byMs).toISOString()
      return i === index ? { ...one, receivedAt } : one
    })
    return new SealedLog(events)
  }

  test('back-dated before an event that precedes it', async () => {
    expect(await refusal(await shifted(15, -120_000).rangeBundle(10, 20))).toBe('back_dated')
    expect(await refusal(await shifted(15, -59_000).rangeBundle(10, 20))).toBe('yes')
  })

  test('back-dated before a checkpoint that does not cover it', async () => {
    const lines = await shifted(15, -120_000).rangeBundle(15, 16, [], [12])
    expect(await refusal(lines)).toBe('back_dated')
    const [header = '', proof = '', ...events] = lines
    expect(await refusal([header, ...events, proof])).toBe('back_dated')
  })

  test('later than a checkpoint that covers it', async () => {
    expect(await refusal(await shifted(15, 120_000).rangeBundle(15, 16))).toBe('post_dated')
  })

  test('unknown, because no witness is pinned', async () => {
    const policy = `log ${LOG_KEY.vkey}\nquorum none\n`
    expect(await refusal(bundle, { policy })).toBe('skipped')
    expect(await refusal(bundle, { policy, allow: ['time'] })).toBe('yes')
  })
})

describe('rotation of keys', () => {
  const next = deriveLogKey(MASTER_SECRET, ORIGIN, 1)
  const clock = deriveClockKey(MASTER_SECRET, HOST, 0)
  const policyOf = (vkey: string) => `log ${vkey}\nwitness clock ${clock.vkey}\nquorum clock\n`

  test('while both sign, whoever pinned either says yes', async () => {
    const rotating = new SealedLog(log.events, ORIGIN, [LOG_KEY, next, clock])
    const lines = await rotating.rangeBundle(10, 20)
    for (const { vkey } of [LOG_KEY, next])
      expect(await refusal(lines, { policy: policyOf(vkey) })).toBe('yes')
  })

  test('afterwards the old key alone is not enough', async () => {
    const rotated = new SealedLog(log.events, ORIGIN, [next, clock])
    const lines = await rotated.rangeBundle(10, 20)
    expect(await refusal(lines, { policy: policyOf(LOG_KEY.vkey) })).toBe('log_signature_missing')
    expect(await refusal(lines, { policy: policyOf(next.vkey) })).toBe('yes')
  })
})
