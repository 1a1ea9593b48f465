import { createHash, createPublicKey, verify } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { s3FormatSchema } from '@/lib/delivery/destinations/s3/format'
import { s3ObjectKey } from '@/lib/delivery/destinations/s3/object-key'
import { type MemoryBucket, memoryBucket } from '@/lib/delivery/destinations/s3/testing/memory-bucket'
import { s3Input } from '@/lib/delivery/destinations/s3/testing/s3-config'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { parseInput } from '@/lib/errors/parse-input'
import { updateDestinationSchema } from '@/lib/forwarding/input'
import { updateDestination } from '@/lib/forwarding/update'
import { answerWith, reset } from '@/lib/http/testing/loopback-receiver'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { verifyObjects } from '@/lib/integrity/verify/objects'
import { parseVkey } from '@/lib/integrity/verify/vkey'
import { type Digest, digestSha256, readDigest, signatureOf } from './digest-text'
import { storeDigests } from './store-digests'

const deliveries = useDeliveries()
let bucket: MemoryBucket
let id: string

const store = () => storeDigests({ budgetMs: 10_000 })
const input = (changes: Record<string, unknown> = {}) =>
  s3Input({ endpoint: deliveries.receiver.url, pathStyle: true, prefix: 'audit', ...changes })
const digestKeys = () => [...bucket.objects.keys()].filter((key) => key.includes('/_digests/'))
const digestAt = (number: number): Digest =>
  readDigest(bucket.objects.get(digestKeys()[number] ?? '')?.body ?? '')

beforeEach(async () => {
  bucket = memoryBucket()
  deliveries.receiver.answer(bucket.behaviour)
  id = await addDestination(deliveries.scope, { kind: 's3', ...input() })
  await appendNumbered(deliveries.scope, 1)
  return async () => {
    await deliveries.owner()`update destinations set removed_at = now()`
  }
})

/** As if the engine had stored this range so many hours ago. */
async function addObject(
  firstSeq: number,
  lastSeq: number,
  hoursAgo: number,
  state = 'done',
): Promise<string> {
  const sql = deliveries.owner()
  const [row] = await sql`select config from destinations where id = ${id}`
  const format = s3FormatSchema.parse(
    destinationKind('s3').open(row?.config).format(deliveries.scope.tenantSlug),
  )
  const range = { destinationId: id, firstSeq, lastSeq, firstReceivedAt: '2026-11-20T22:38:00.000Z' }
  const objectKey = s3ObjectKey(format, range)
  const body = `${firstSeq} to ${lastSeq}\n`
  const sha256 = createHash('sha256').update(body).digest()
  bucket.objects.set(objectKey, { body, metadata: {} })
  const events = lastSeq - firstSeq + 1
  await sql`
    insert into delivery_batches (tenant_id, destination_id, idempotency_key, first_seq, last_seq, filter_version,
      format_version, format, events, bytes, sha256, object_key, state, settled_at)
    values (${deliveries.scope.tenantId}, ${id}, ${objectKey}, ${firstSeq}, ${lastSeq}, 1, 1, ${sql.json(format)},
      ${events}, ${body.length}, ${sha256}, ${objectKey}, ${state}, now() - ${hoursAgo} * interval '1 hour')`
  return objectKey
}

const rows = () =>
  deliveries.owner()`select * from delivery_digests where destination_id = ${id} order by number`
const makeDue = () => deliveries.owner()`update delivery_digests set due_at = now() - interval '1 s'`

async function verifyBucket() {
  const [row] = await deliveries.owner()`select config from destinations where id = ${id}`
  return verifyObjects(
    {
      names: [...bucket.objects.keys()],
      read: async (name) => Buffer.from(bucket.objects.get(name)?.body ?? ''),
    },
    [parseVkey(nodePrimitives.sha256, row?.config.digestPublicKey)],
    nodePrimitives,
  )
}

test('what was stored in hours that are over is signed, and each digest continues the one before', async () => {
  const first = await addObject(0, 9, 3)
  expect(await store()).toEqual({ digests: 1, failedDigests: 0 })
  const second = await addObject(10, 19, 2)
  await addObject(20, 29, 0)
  // The running hour waits; the hour before is made sure to lie behind the last digest.
  await deliveries.owner()`update delivery_digests set until = now() - interval '150 minutes'`
  expect(await store()).toEqual({ digests: 1, failedDigests: 0 })
  expect(await store()).toEqual({ digests: 0, failedDigests: 0 })
  expect(digestAt(0)).toMatchObject({ number: 0, previous: null, objects: [{ key: first, count: 10 }] })
  expect(digestAt(1)).toMatchObject({
    number: 1,
    tenant: deliveries.scope.tenantSlug,
    stream: id,
    objects: [{ key: second, firstSeq: 10, lastSeq: 19 }],
    previous: {
      key: digestKeys()[0],
      sha256: digestSha256(bucket.objects.get(digestKeys()[0] ?? '')?.body ?? ''),
    },
  })
  expect(await verifyBucket()).toMatchObject([
    { digests: { from: 0, to: 1 }, objects: 2, range: { from: 0, to: 19 }, unsigned: 1 },
  ])
})

test('a digest is signed by the key that the destination shows, as any Ed25519 tool finds', async () => {
  await addObject(0, 9, 2)
  await store()
  const [row] = await deliveries.owner()`select config from destinations where id = ${id}`
  const typed = Buffer.from(row?.config.digestPublicKey.split('+').slice(2).join('+'), 'base64')
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), typed.subarray(1)])
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  const stored = bucket.objects.get(digestKeys()[0] ?? '')
  const [line, signatureLine] = (stored?.body ?? '').split('\n')
  const { signature } = JSON.parse(signatureLine ?? '')
  expect(verify(null, Buffer.from(`${line}\n`), key, Buffer.from(signature, 'base64'))).toBe(true)
  expect(stored?.metadata).toMatchObject({ number: '0', signature, sha256: digestSha256(stored?.body ?? '') })
  expect(signatureOf(stored?.body ?? '')).toBe(signature)
})

test('the checkpoint that covers the events lies beside', async () => {
  await addObject(0, 9, 2)
  await store()
  const { checkpoint } = digestAt(0)
  const logId = checkpoint.split('\n')[0]?.split('/').at(-1)
  const size = checkpoint.split('\n')[1]
  expect(bucket.objects.get(`audit/checkpoints/${logId}/${size}.txt`)?.body).toBe(checkpoint)
})

test('a digest that is not taken is tried again later with the same bytes, and says why', async () => {
  await addObject(0, 9, 2)
  deliveries.receiver.answer(answerWith(503, '<Error><Code>SlowDown</Code></Error>'))
  expect(await store()).toEqual({ digests: 0, failedDigests: 1 })
  expect(await store()).toEqual({ digests: 0, failedDigests: 0 })
  const [before] = await rows()
  expect(before).toMatchObject({ state: 'planned', failures: 1 })
  expect(before?.fail_message).toContain('SlowDown')
  deliveries.receiver.answer(bucket.behaviour)
  await makeDue()
  expect(await store()).toEqual({ digests: 1, failedDigests: 0 })
  const [after] = await rows()
  expect(after).toMatchObject({ state: 'done', fail_message: null, body: before?.body })
})

test('a process that dies after storing leaves a digest that is found to be stored', async () => {
  await addObject(0, 9, 2)
  deliveries.receiver.answer((request, response, raw) => {
    bucket.behaviour(request, { writeHead: () => ({ end: () => {} }) } as never, raw)
    reset(request, response, raw)
  })
  // The checkpoint's connection is cut, then the digest's.
  for (const _ of [1, 2]) {
    await store()
    await makeDue()
  }
  const [before] = await rows()
  deliveries.receiver.answer(bucket.behaviour)
  expect(await store()).toEqual({ digests: 1, failedDigests: 0 })
  const [after] = await rows()
  expect(after).toMatchObject({ state: 'done', body: before?.body })
  expect(digestKeys()).toHaveLength(1)
})

/** As for a key that may store and nothing else. */
const hideHeads = () =>
  deliveries.receiver.answer((request, response, raw) =>
    request.method === 'HEAD' ? response.writeHead(403).end() : bucket.behaviour(request, response, raw),
  )

test('with a key that may only store, another object under its name is never taken for the digest', async () => {
  await addObject(0, 9, 2)
  await store()
  const [key = ''] = digestKeys()
  await deliveries.owner()`delete from delivery_digests where destination_id = ${id}`
  bucket.objects.set(key, { body: 'foreign', metadata: {} })
  hideHeads()
  expect(await store()).toEqual({ digests: 0, failedDigests: 1 })
  await makeDue()
  expect(await store()).toEqual({ digests: 0, failedDigests: 1 })
  expect((await rows())[0]).toMatchObject({ state: 'planned', may_have_arrived: false })
})

test('with such a key a process that dies after storing does not leave its digest waiting for ever', async () => {
  await addObject(0, 9, 2)
  hideHeads()
  await store()
  // Claimed and stored, and then the process was gone.
  await deliveries.owner()`
    update delivery_digests set state = 'planned', stored_at = null, due_at = now() where destination_id = ${id}`
  expect((await rows())[0]).toMatchObject({ may_have_arrived: true })
  expect(await store()).toEqual({ digests: 1, failedDigests: 0 })
})

test('a bucket that was changed gets the digest that the old one had not taken', async () => {
  const key = await addObject(0, 9, 2)
  deliveries.receiver.answer(answerWith(404, '<Error><Code>NoSuchBucket</Code></Error>'))
  await store()
  deliveries.receiver.answer(bucket.behaviour)
  await updateDestination(
    deliveries.scope,
    parseInput(updateDestinationSchema, { id, kind: 's3', ...input({ bucket: 'other', prefix: 'new' }) }),
  )
  await makeDue()
  expect(await store()).toEqual({ digests: 1, failedDigests: 0 })
  expect(digestKeys()[0]).toMatch(/^new\/tenant=/)
  expect(digestAt(0)).toMatchObject({
    number: 0,
    objects: [{ key, place: expect.stringContaining('acme-audit at 127.0.0.1') }],
  })
  expect(await verifyBucket()).toMatchObject([{ objects: 0, elsewhere: new Map([[expect.anything(), 1]]) }])
})

test('an object that was given up is told of, so that its copy is no riddle', async () => {
  const key = await addObject(0, 9, 2, 'replaced')
  await addObject(0, 19, 2)
  await store()
  expect(digestAt(0)).toMatchObject({ objects: [{ firstSeq: 0, lastSeq: 19 }], replaced: [key] })
  expect(await verifyBucket()).toMatchObject([{ objects: 1, replaced: 1, unsigned: 0 }])
})

test('nothing is stored for a destination that a person paused or removed', async () => {
  await addObject(0, 9, 2)
  await deliveries.owner()`update delivery_streams set state = 'paused' where destination_id = ${id}`
  expect(await store()).toEqual({ digests: 0, failedDigests: 0 })
  await deliveries.owner()`update delivery_streams set state = 'active' where destination_id = ${id}`
  await deliveries.owner()`update destinations set removed_at = now() where id = ${id}`
  expect(await store()).toEqual({ digests: 0, failedDigests: 0 })
})

test('one destination whose secrets are lost holds up no other', async () => {
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await addObject(0, 9, 2)
  await deliveries.owner()`update destinations set secret_enc = '\\x00' where id = ${id}`
  id = await addDestination(deliveries.scope, { kind: 's3', ...input() })
  await addObject(0, 9, 2)
  expect(await store()).toEqual({ digests: 1, failedDigests: 0 })
  expect(log.mock.calls.flat().join('')).toContain('secrets of this destination')
  log.mockRestore()
})

test('several processes at once store one digest', async () => {
  await addObject(0, 9, 2)
  const counts = await Promise.all([store(), store(), store()])
  expect(counts.map(({ failedDigests }) => failedDigests)).toEqual([0, 0, 0])
  expect(await rows()).toHaveLength(1)
  expect(digestKeys()).toHaveLength(1)
})
