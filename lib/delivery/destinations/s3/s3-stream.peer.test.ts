import { expect, test } from 'vitest'
import { runOnce } from '@/lib/delivery/run-once'
import { addDestination, appendNumbered, freezeAfterSend } from '@/lib/delivery/testing/deliveries'
import { describePeer } from '@/lib/delivery/testing/describe-peer'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { getDestination } from '@/lib/forwarding/get'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { type StreamReport, verifyObjects } from '@/lib/integrity/verify/objects'
import { parseVkey } from '@/lib/integrity/verify/vkey'
import { storeDigests } from './digest/store-digests'
import { newPeerBucket, type PeerBucket } from './testing/peer-bucket'
import { s3Input } from './testing/s3-config'

const given = useDeliveries()
const CHUNK = 20_000

const storage = (bucket: PeerBucket, changes: Record<string, unknown> = {}) =>
  addDestination(given.scope, {
    kind: 's3',
    ...s3Input({ ...bucket.input, gzip: true, prefix: 'audit', mailTypes: ['security'] }),
    types: ['relay', 'security'],
    start: 'beginning',
    ...changes,
  })

async function append(count: number): Promise<void> {
  for (let done = 0; done < count; done += CHUNK)
    await appendNumbered(given.scope, Math.min(CHUNK, count - done), (i) => ({ message: `n${done + i}` }))
}

const runUntilDone = async (id: string) => {
  await given.makeDue()
  for (;;) {
    await runOnce({ budgetMs: 60_000 })
    const [stream] = await given.owner()`select s.next_seq >= h.next_seq as done, s.fail_message
      from delivery_streams s join trail_heads h using (tenant_id) where s.destination_id = ${id}`
    if (stream?.done) return
    if (stream?.fail_message) throw new Error(stream.fail_message)
  }
}

const messagesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).message)

/** As if the objects had been stored in an hour that is over, and that hour's digest after it. */
async function storeDigest(): Promise<void> {
  await given.owner()`update delivery_batches set settled_at = settled_at - interval '2 hours' where settled_at is not null`
  expect(await storeDigests({ budgetMs: 30_000 })).toEqual({ digests: 1, failedDigests: 0 })
}

async function verifyBucket(bucket: PeerBucket, id: string): Promise<StreamReport | undefined> {
  const { fields } = await getDestination(given.scope, id)
  const [report] = await verifyObjects(
    { names: await bucket.keys(), read: async (key) => Buffer.from((await bucket.get(key)).text) },
    [parseVkey(nodePrimitives.sha256, String(fields.digestPublicKey))],
    nodePrimitives,
  )
  return report
}

describePeer('radosgw', (peer) => {
  test('120,000 events become objects without gap or overlap, each naming the one before, and verify', async () => {
    const bucket = await newPeerBucket(peer())
    const id = await storage(bucket)
    await append(120_000)
    await runUntilDone(id)
    const keys = (await bucket.keys()).sort()
    expect(keys.length).toBeGreaterThanOrEqual(3)
    let next = 0
    let messages: string[] = []
    let before: { key: string; sha256: string | undefined } | undefined
    for (const key of keys) {
      const { text, metadata } = await bucket.get(key)
      expect(Number(metadata['first-seq'])).toBe(next)
      expect(metadata['prev-object']).toBe(before?.key)
      expect(metadata['prev-sha256']).toBe(before?.sha256)
      next = Number(metadata['last-seq']) + 1
      before = { key, sha256: metadata.sha256 }
      messages = messages.concat(messagesOf(text))
    }
    expect(messages).toEqual(Array.from({ length: 120_000 }, (_, i) => `n${i}`))
    await storeDigest()
    expect(await verifyBucket(bucket, id)).toMatchObject({
      digests: { from: 0, to: 0 },
      objects: keys.length,
      events: 120_000,
      range: { from: 0, to: next - 1 },
      gaps: [],
      unsigned: 0,
    })
  }, 180_000)
})

for (const name of ['radosgw', 'swift'] as const)
  describePeer(name, (peer) => {
    test('a process that stands still after storing leaves one object, which the next one finds', async () => {
      const bucket = await newPeerBucket(peer())
      const id = await storage(bucket)
      await append(3)
      await given.makeDue()
      const frozen = freezeAfterSend()
      const first = runOnce({ budgetMs: 20_000, tools: { request: frozen.request } })
      await frozen.sent
      const stored = name === 'radosgw' ? await bucket.keys() : undefined
      await given.expireLeases()
      await runUntilDone(id)
      frozen.release()
      await first
      const keys = await bucket.keys()
      expect(keys).toHaveLength(1)
      if (stored) expect(keys).toEqual(stored)
      expect(messagesOf((await bucket.get(keys[0] ?? '')).text)).toEqual(['n0', 'n1', 'n2'])
      expect((await getDestination(given.scope, id)).stats).toMatchObject({ sentEvents: 3, sentBatches: 1 })
    })

    test('what comes later follows on, digest by digest, also behind what the filter leaves out', async () => {
      const bucket = await newPeerBucket(peer())
      const id = await storage(bucket)
      for (let i = 0; i < 2; i++) {
        await append(5)
        await appendNumbered(given.scope, 5, () => ({ type: 'other' }))
        await runUntilDone(id)
        await storeDigest()
        await given.owner()`update delivery_digests set until = until - interval '3 hours'`
        await given.owner()`update delivery_batches set settled_at = settled_at - interval '3 hours'`
      }
      expect(await verifyBucket(bucket, id)).toMatchObject({
        digests: { from: 0, to: 1 },
        objects: 2,
        events: 10,
        gaps: [],
      })
      expect(await bucket.keys()).toEqual(
        expect.arrayContaining([expect.stringMatching(/^audit\/checkpoints\/[0-9a-f-]+\/\d+\.txt$/)]),
      )
    })
  })
