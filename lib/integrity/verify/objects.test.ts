import { beforeEach, describe, expect, test } from 'vitest'
import { digestKeyOf } from '@/lib/delivery/destinations/s3/digest/digest-key'
import { type Digest, digestSha256, writeDigest } from '@/lib/delivery/destinations/s3/digest/digest-text'
import { sha256 } from '@/lib/integrity/sha256'
import { nodePrimitives } from './node-primitives'
import { verifyObjects } from './objects'
import { parseVkey } from './vkey'

const key = digestKeyOf(Buffer.alloc(32, 1))
const otherKey = digestKeyOf(Buffer.alloc(32, 2))
const ROOT = 'audit/tenant=acme/stream=d1/'
const padded = (seq: number) => String(seq).padStart(20, '0')

let files: Map<string, string>
let digests: string[]

function addObject(firstSeq: number, lastSeq: number, folder = ''): Digest['objects'][number] {
  const text = `${firstSeq} to ${lastSeq}\n`
  const name = `${ROOT}${folder}date=2026-11-20/${padded(firstSeq)}-${padded(lastSeq)}.v101.ndjson`
  files.set(name, text)
  const count = lastSeq - firstSeq + 1
  return { key: name, sha256: sha256(Buffer.from(text), 'hex'), firstSeq, lastSeq, count }
}

const digestName = (number: number) => `${ROOT}_digests/${String(number).padStart(10, '0')}.jsonl`

function addDigest(objects: Digest['objects'], changes: Partial<Digest> = {}, signer = key): void {
  const number = digests.length
  const before = digests.at(-1)
  const text = writeDigest(
    {
      digest: 'spoor-digest/1',
      tenant: 'acme',
      stream: 'd1',
      number,
      place: 'here',
      until: `2026-11-20T${String(number).padStart(2, '0')}:00:00.000Z`,
      objects,
      replaced: [],
      previous: before === undefined ? null : { key: digestName(number - 1), sha256: digestSha256(before) },
      checkpoint: 'note',
      ...changes,
    },
    signer,
  )
  digests.push(text)
  files.set(digestName(number), text)
}

beforeEach(() => {
  files = new Map()
  digests = []
  addDigest([addObject(0, 9), addObject(10, 19)])
  addDigest([addObject(20, 24)])
})

const verify = (under = '', pinned = [key]) =>
  verifyObjects(
    {
      names: [...files.keys()].flatMap((name) => (name.startsWith(under) ? [name.slice(under.length)] : [])),
      read: async (name) => Buffer.from(files.get(under + name) ?? ''),
    },
    pinned.map(({ vkey }) => parseVkey(nodePrimitives.sha256, vkey)),
    nodePrimitives,
  )

test('a whole copy is a yes that says what it covers', async () => {
  addObject(25, 29)
  expect(await verify()).toEqual([
    {
      tenant: 'acme',
      stream: 'd1',
      digests: { from: 0, to: 1 },
      until: '2026-11-20T01:00:00.000Z',
      objects: 3,
      events: 25,
      range: { from: 0, to: 24 },
      gaps: [],
      elsewhere: new Map(),
      replaced: 0,
      unsigned: 1,
    },
  ])
})

test('the folder of a tenant or of a stream can be verified by itself', async () => {
  for (const under of ['audit/', 'audit/tenant=acme/', ROOT]) expect(await verify(under)).toHaveLength(1)
})

test('what was left out on purpose is signed; replays are there beside', async () => {
  addDigest([addObject(100, 109), addObject(5, 7, 'replay=r1/')])
  expect(await verify()).toMatchObject([
    { objects: 5, range: { from: 0, to: 109 }, gaps: [{ from: 25, to: 99 }], unsigned: 0 },
  ])
})

test('objects of a bucket that was left are named, not looked for', async () => {
  const moved = { ...addObject(25, 29), place: 'old at AWS eu-central-1' }
  files.delete(moved.key)
  addDigest([moved, addObject(30, 39)])
  const [report] = await verify()
  expect(report).toMatchObject({ objects: 4, range: { from: 0, to: 39 }, gaps: [] })
  expect(report?.elsewhere).toEqual(new Map([['old at AWS eu-central-1', 1]]))
})

test('an object that was given up is signed as such, and hides no other', async () => {
  const { key: name } = addObject(20, 22)
  addDigest([], { replaced: [name, addObject(0, 9).key] })
  expect(await verify()).toMatchObject([{ objects: 3, range: { from: 0, to: 24 }, replaced: 1, unsigned: 0 }])
})

test('a copy that begins later says so', async () => {
  addDigest([addObject(25, 29)])
  files.delete(digestName(0))
  for (const name of [...files.keys()]) if (/-0{18}(09|19)\./.test(name)) files.delete(name)
  expect(await verify()).toMatchObject([{ digests: { from: 1, to: 2 }, range: { from: 20, to: 29 } }])
})

describe('is refused', () => {
  const refused = (reason: string, message: string | RegExp = '') =>
    expect(verify()).rejects.toMatchObject({ reason, message: expect.stringMatching(message) })

  test('a missing object, by its name', async () => {
    const { key: name } = addObject(10, 19)
    files.delete(name)
    await refused('object_missing', /^1 of 3 .*0010-0{18}19\.v101\.ndjson\.$/)
  })

  test('an altered object', async () => {
    files.set(addObject(10, 19).key, 'other')
    await refused('object_altered', /0010-/)
  })

  test('an object that no digest names, among those that it covers', async () => {
    addObject(3, 4)
    await refused('object_unexpected')
  })

  test('a gap after the last digest', async () => {
    addObject(26, 29)
    await refused('object_missing', /Between the events 24 and 26/)
  })

  test('a missing digest', async () => {
    addDigest([])
    files.delete(digestName(1))
    await refused('digest_missing', /0 and 2/)
  })

  test('a digest that continues another one', async () => {
    addDigest([], { previous: { key: digestName(1), sha256: 'ab'.repeat(32) } })
    await refused('digest_invalid', /continues another digest/)
  })

  test('a digest under another number', async () => {
    files.set(digestName(2), digests[1] ?? '')
    await refused('digest_invalid', /under another name/)
  })

  test('a digest of another stream', async () => {
    addDigest([], { stream: 'd2' })
    await refused('digest_invalid', /another stream/)
  })

  test('a later digest that claims to be the first', async () => {
    addDigest([], { previous: null })
    await refused('digest_invalid')
  })

  test('a digest that another key signed, although it names that key itself', async () => {
    addDigest([], {}, otherKey)
    await refused('signature_invalid')
  })

  test.each([
    ['altered', (text: string) => text.replace('"count":5', '"count":4')],
    ['without its signature', (text: string) => text.slice(0, text.indexOf('\n') + 1)],
    ['cut off', (text: string) => text.slice(0, -3)],
    ['with more after it', (text: string) => `${text}{}\n`],
  ])('a digest %s', async (_, alter) => {
    files.set(digestName(1), alter(digests[1] ?? ''))
    await expect(verify()).rejects.toMatchObject({ name: 'Refusal' })
  })

  test('a name that says other events than the digest', async () => {
    addDigest([{ ...addObject(25, 29), lastSeq: 30 }])
    await refused('digest_invalid', /25 to 30/)
  })

  test('a folder without digests', async () => {
    for (const name of [...files.keys()]) if (name.includes('_digests')) files.delete(name)
    await refused('nothing_to_check')
  })
})
