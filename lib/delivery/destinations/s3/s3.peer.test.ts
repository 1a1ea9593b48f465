import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Delivery } from '@/lib/delivery/destinations/contract'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { describePeer } from '@/lib/delivery/testing/describe-peer'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import type { SendRequest } from '@/lib/http/guarded-request'
import { guardedRequest } from '@/lib/http/guarded-request'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { S3_FORMATS } from './config'
import { s3Kind } from './s3-kind'
import { newPeerBucket, type PeerBucket } from './testing/peer-bucket'
import { s3Destination } from './testing/s3-config'

/** Knows conditional writes or not; how it refuses an encryption that it does not know. */
const PEERS = [
  { name: 'radosgw', isConditional: true, encryptionStatus: 400 },
  { name: 'swift', isConditional: false, encryptionStatus: 501 },
] as const

for (const { name, isConditional, encryptionStatus } of PEERS)
  describePeer(name, (peer) => {
    let bucket: PeerBucket
    beforeAll(async () => {
      bucket = await newPeerBucket(peer())
    })
    beforeEach(() => void vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32'))

    const events = [forwardedEvent({ seq: 3 }), forwardedEvent({ seq: 4 })]
    const capabilities = isConditional ? {} : { ifNoneMatch: false }
    let objects = 0

    function deliver(changes: Record<string, unknown> = {}, over: Partial<Delivery> = {}) {
      const { config, secrets } = s3Destination({ ...bucket.input, ...changes })
      const destination = s3Kind.open(config)
      const made = deliveryOf(s3Kind, destination, events, { secrets, timeoutMs: 10_000 })
      const range = { destinationId: `d${++objects}`, firstSeq: 3, lastSeq: 4 }
      const { format, firstReceivedAt } = made
      const objectKey = destination.objectKey?.({ ...range, format, firstReceivedAt }) ?? ''
      const delivery = { ...made, objectKey, ...over }
      return { delivery, send: (tools = outsideTools) => destination.send(delivery, tools) }
    }

    test.each(S3_FORMATS.flatMap((format) => [true, false].map((gzip) => ({ format, gzip }))))(
      'stores $format, packed: $gzip, as it was frozen',
      async ({ format, gzip }) => {
        const previous = { objectKey: 'audit/before.ndjson', sha256: 'ab'.repeat(32) }
        const { delivery, send } = deliver({ format, gzip, prefix: 'audit' }, { previous })
        expect(await send()).toMatchObject({ verdict: 'delivered', status: 200 })
        const { text, metadata } = await bucket.get(delivery.objectKey)
        expect(text).toBe(Buffer.from(delivery.body).toString())
        expect(metadata).toEqual({
          ...{ 'first-seq': '3', 'last-seq': '4', count: '2', sha256: delivery.sha256 },
          ...{ 'prev-object': previous.objectKey, 'prev-sha256': previous.sha256 },
        })
      },
    )

    test(`is ${isConditional ? '' : 'not '}one with conditional writes, and that is remembered`, async () => {
      expect((await deliver().send()).capabilities).toEqual(isConditional ? undefined : capabilities)
    })

    test('a process that dies before it has the answer finds its object again', async () => {
      const dying: SendRequest = async (request) => {
        const answer = await guardedRequest(request)
        if (request.method !== 'PUT') return answer
        throw new OutgoingError('reset', 'died')
      }
      const { delivery, send } = deliver({}, { capabilities })
      const before = await bucket.keys()
      expect(await send({ ...outsideTools, request: dying })).toMatchObject({ verdict: 'failed' })
      expect(await send()).toMatchObject({ verdict: 'delivered' })
      const added = (await bucket.keys()).filter((key) => !before.includes(key))
      expect(added).toEqual([delivery.objectKey])
    })

    test('the object of another is not overwritten', async () => {
      const { delivery, send } = deliver({}, { capabilities, mayHaveArrived: true })
      await bucket.put({ Key: delivery.objectKey, Body: 'mine' })
      expect(await send()).toMatchObject({
        verdict: 'failed',
        message: expect.stringContaining('another object'),
      })
      expect((await bucket.get(delivery.objectKey)).text).toBe('mine')
    })

    test.each([
      ['a bucket that is not there', { bucket: 'spoor-nowhere' }, 404, /no such bucket/],
      ['a wrong secret', { secretAccessKey: 'wrong' }, 403, /secret access key/],
      ['an unknown access key', { accessKeyId: 'NOBODY' }, 403, /access key/],
      ['an unknown encryption', { encryption: 'AES256' }, encryptionStatus, /server-side encryption/],
      ['an unknown storage class', { storageClass: 'NO_SUCH' }, 400, /storage class/],
    ])('%s holds the stream and is named', async (_, changes, status, hint) => {
      const outcome = await deliver(changes).send()
      expect(outcome).toMatchObject({ verdict: 'failed', status, message: expect.stringMatching(hint) })
      expect(outcome.capabilities).toBeUndefined()
    })

    test('TEST asks for the bucket, and stores an object that belongs to no stream', async () => {
      const { config, secrets } = s3Destination({ ...bucket.input, prefix: 'audit' })
      const destination = s3Kind.open(config)
      const call = { secrets, owner: `health ${name}`, timeoutMs: 10_000 }
      expect(await destination.checkHealth?.(call, outsideTools)).toMatchObject({
        verdict: 'delivered',
        status: 200,
      })
      const nowhere = s3Kind.open({ ...config, bucket: 'spoor-nowhere' })
      expect(await nowhere.checkHealth?.(call, outsideTools)).toMatchObject({
        verdict: 'failed',
        status: 404,
      })
      const { send } = deliver({ prefix: 'audit' }, { objectKey: undefined, idempotencyKey: `test-${name}` })
      expect(await send()).toMatchObject({ verdict: 'delivered' })
      expect(await bucket.keys()).toContain(`audit/tenant=acme/_test/test-${name}.ndjson`)
    })
  })
