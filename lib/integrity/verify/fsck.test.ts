import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { signCheckpoint } from '@/lib/integrity/checkpoint/sign-checkpoint'
import { writeEntryBundle } from '@/lib/integrity/evidence/entry-bundle'
import { eventEntry } from '@/lib/integrity/evidence/event-entry'
import {
  CLOCK_KEY,
  LOG_KEY,
  ORIGIN,
  type SampleEvent,
  SealedLog,
  STARTED_MS,
  sampleEvent,
  sampleLog,
} from '@/lib/integrity/testing/sealed-log'
import { publishLog } from '@/lib/integrity/testing/serve-log'
import { reasonOf, verifierOf } from '@/lib/integrity/testing/verify-lines'
import { NaiveTree } from '@/lib/integrity/tree/testing/naive-tree'
import { followLog } from './follow'
import { checkLog } from './fsck'
import { type Skippable, Skips } from './skips'

type Served = Map<string, Buffer>
const fetchFrom = (served: Served) => async (path: string) => served.get(path)
const check = (served: Served, allow: Skippable[] = []) =>
  checkLog(fetchFrom(served), verifierOf(), new Skips(new Set(allow)))

const log = sampleLog(600)
const published = publishLog(log)
/** What is served, with one resource changed or taken away. */
function change(path: string, to: (data: Buffer) => Buffer | undefined): Served {
  const served = new Map(published)
  const data = to(Buffer.from(published.get(path) ?? expect.fail(`${path} is not served`)))
  if (data) served.set(path, data)
  else served.delete(path)
  return served
}
const entryOf = ({ body, secrets, id, receivedAt }: SampleEvent) =>
  eventEntry(JSON.parse(body), secrets, id, receivedAt)
const flip = (at: number) => (data: Buffer) => {
  data[at] = (data[at] ?? 0) ^ 1
  return data
}

describe('a whole log', () => {
  test.each([0, 1, 255, 256, 257, 600])('of %i events is as it was signed', async (size) => {
    const report = await check(publishLog(sampleLog(size)))
    expect(report).toMatchObject({ checkpoint: { origin: ORIGIN, size }, entries: size })
  })

  test('a partial tile may have been replaced by the full one', async () => {
    const served = publishLog(sampleLog(500))
    for (const path of ['tile/0/001', 'tile/entries/001', 'tile/1/000']) {
      const data = published.get(path)
      if (data) served.set(path, data)
    }
    for (const path of ['tile/0/001.p/244', 'tile/entries/001.p/244']) expect(served.delete(path)).toBe(true)
    expect((await check(served)).entries).toBe(500)
  })

  test.each<[string, string, Served]>([
    ['a leaf altered', 'entry_mismatch', change('tile/0/000', flip(40))],
    ['an entry altered', 'entry_mismatch', change('tile/entries/001', flip(300))],
    ['an entry cut', 'entry_mismatch', change('tile/entries/002.p/88', (data) => data.subarray(0, -5))],
    ['a tile cut', 'tile_mismatch', change('tile/0/002.p/88', (data) => data.subarray(0, -32))],
    ['a tile of level 1 altered', 'tile_mismatch', change('tile/1/000.p/2', flip(33))],
    ['a tile missing', 'not_served', change('tile/0/001', () => undefined)],
    ['a tile of level 1 missing', 'not_served', change('tile/1/000.p/2', () => undefined)],
    ['entries missing', 'not_served', change('tile/entries/000', () => undefined)],
    ['no checkpoint', 'not_served', change('checkpoint', () => undefined)],
    ['the checkpoint altered', 'signature_invalid', change('checkpoint', flip(ORIGIN.length + 1))],
  ])('%s: %s', async (_what, reason, served) => {
    expect(await reasonOf(check(served))).toBe(reason)
  })

  test('entries and their leaf exchanged together are found by the root', async () => {
    const altered = new SealedLog(
      log.events.map((one, i) => (i === 3 ? sampleEvent(3, { action: 'x' }) : one)),
    )
    const served = publishLog(altered)
    served.set('checkpoint', Buffer.from(log.checkpoint()))
    expect(await reasonOf(check(served))).toBe('root_mismatch')
  })

  test('entries that retention removed may be allowed to be missing', async () => {
    const served = change('tile/entries/000', () => undefined)
    expect((await check(served, ['entries'])).entries).toBe(600 - 256)
  })
})

describe('the anchor log, whose entries are bytes that are no text', () => {
  const anchor = (n: number) => Buffer.concat([Buffer.from('trail-anchor-v1\n'), Buffer.alloc(32, 0x80 + n)])
  const leafOf = (entry: Buffer) => createHash('sha256').update(Buffer.of(0)).update(entry).digest()
  /** A log of any entries, as it would be served. */
  function serve(entries: Buffer[]): Served {
    const size = entries.length
    const tree = new NaiveTree(entries.map(leafOf))
    const head = { origin: ORIGIN, size, root: tree.root(0, size) }
    return new Map([
      ['checkpoint', Buffer.from(signCheckpoint(head, [LOG_KEY, CLOCK_KEY], STARTED_MS / 1000))],
      [`tile/0/000.p/${size}`, Buffer.concat(tree.leaves)],
      [`tile/entries/000.p/${size}`, writeEntryBundle(entries)],
    ])
  }
  const anchors = [0, 1, 2].map(anchor)

  test('is checked entry by entry', async () => {
    expect(await check(serve(anchors))).toMatchObject({ entries: 3, checkpoint: { size: 3 } })
    const served = serve(anchors)
    served.set('tile/entries/000.p/3', writeEntryBundle([anchor(0), anchor(9), anchor(2)]))
    expect(await reasonOf(check(served))).toBe('entry_mismatch')
  })

  test('holds nothing of another form, and no other log holds its entries', async () => {
    const event = Buffer.from(entryOf(sampleEvent(0)))
    for (const entries of [
      [...anchors, event],
      [event, ...anchors],
      [...anchors, Buffer.concat([anchor(3), Buffer.of(0)])],
      [Buffer.alloc(48, 0x80)],
    ])
      expect(await reasonOf(check(serve(entries)))).toBe('entry_mismatch')
    expect(await reasonOf(check(serve([event])))).toBe('yes')
  })
})

describe('watching a log', () => {
  const follow = (previous: string | undefined, now: SealedLog) =>
    followLog(previous, fetchFrom(publishLog(now)), verifierOf())

  test('each checkpoint continues the one before', async () => {
    let note: string | undefined
    for (const size of [0, 1, 255, 256, 256, 300, 513, 600]) {
      const step = await follow(note, new SealedLog(log.events.slice(0, size)))
      expect(step.checkpoint.size).toBe(size)
      note = step.note
    }
  })

  test('a log that shrinks was rolled back', async () => {
    const shorter = new SealedLog(log.events.slice(0, 500))
    expect(await reasonOf(follow(log.checkpoint(), shorter))).toBe('rolled_back')
  })

  test('a log that was rewritten is a fork, at the same size and beyond', async () => {
    const rewritten = new SealedLog(
      log.events.map((one, i) => (i === 3 ? sampleEvent(3, { action: 'x' }) : one)),
    )
    expect(await reasonOf(follow(log.checkpoint(), rewritten))).toBe('fork')
    expect(await reasonOf(follow(log.checkpoint(300), rewritten))).toBe('fork')
  })

  test('tiles that do not belong to the checkpoint prove nothing', async () => {
    const served = change('tile/0/001', flip(0))
    expect(await reasonOf(followLog(log.checkpoint(300), fetchFrom(served), verifierOf()))).toBe('fork')
    served.delete('tile/0/001')
    expect(await reasonOf(followLog(log.checkpoint(300), fetchFrom(served), verifierOf()))).toBe('not_served')
  })
})
