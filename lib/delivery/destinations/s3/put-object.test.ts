import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { outsideTools } from '@/lib/delivery/outside-tools'
import type { SendRequest } from '@/lib/http/guarded-request'
import {
  answerWith,
  type Behaviour,
  hang,
  type Receiver,
  reset,
  startReceiver,
} from '@/lib/http/testing/loopback-receiver'
import { type NewObject, type PutOptions, putObject } from './put-object'
import { s3Destination } from './testing/s3-config'

let receiver: Receiver
beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await receiver.close()
})

const text = 'one\n'
const sha256 = createHash('sha256').update(text).digest('hex')
const object: NewObject = {
  key: 'audit/tenant=acme/a.ndjson',
  body: Buffer.from(text),
  isGzip: false,
  contentType: 'application/x-ndjson',
  sha256,
  metadata: { 'first-seq': '1', 'prev-object': 'audit/0.ndjson' },
}
const call = { secrets: { secretAccessKey: 'geheim' }, owner: 'put-object', timeoutMs: 2_000 }
const here = () => s3Destination({ endpoint: receiver.url, pathStyle: true }).config

const put = (options: Partial<PutOptions> = {}, config = here(), tools = outsideTools) =>
  putObject(config, object, { capabilities: {}, mayHaveArrived: false, ...options }, call, tools)

const error = (status: number, code: string, headers: Record<string, string> = {}) =>
  answerWith(status, `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>`, headers)
/** One answer to what stores, another one to what asks. */
const answerBoth =
  (toPut: Behaviour, toHead: Behaviour): Behaviour =>
  (request, ...rest) =>
    (request.method === 'HEAD' ? toHead : toPut)(request, ...rest)
const taken = error(412, 'PreconditionFailed')
const methods = () => receiver.received.map(({ method }) => method)

test('an object is stored under a free name only, with its hash and a checksum that every storage knows', async () => {
  receiver.answer(answerWith(200))
  const outcome = await put()
  expect(outcome).toMatchObject({
    verdict: 'delivered',
    status: 200,
    request: `PUT ${receiver.url}/acme-audit/audit/tenant=acme/a.ndjson 1 kB`,
  })
  const [request] = receiver.received
  expect(request?.body).toBe(text)
  expect(request?.headers).toMatchObject({
    'if-none-match': '*',
    'content-md5': createHash('md5').update(text).digest('base64'),
    'content-length': '4',
    'content-type': 'application/x-ndjson',
    'x-amz-meta-sha256': sha256,
    'x-amz-meta-first-seq': '1',
    'x-amz-meta-prev-object': 'audit/0.ndjson',
    'user-agent': expect.stringMatching(/^Spoor\//),
    authorization: expect.stringContaining('Credential=AKIAIOSFODNN7EXAMPLE/'),
  })
  const headers = JSON.stringify(request?.headers)
  expect(headers).not.toMatch(/crc32|expect|geheim|transfer-encoding/i)
})

describe('something is there already', () => {
  test('our own object from an earlier try is a success', async () => {
    receiver.answer(answerBoth(taken, answerWith(200, '', { 'x-amz-meta-sha256': sha256 })))
    expect(await put()).toMatchObject({ verdict: 'delivered', status: 412 })
    expect(methods()).toEqual(['PUT', 'HEAD'])
  })

  test('what may not be read is ours if an earlier try may have put it there', async () => {
    receiver.answer(answerBoth(taken, answerWith(403)))
    expect(await put({ mayHaveArrived: true })).toMatchObject({ verdict: 'delivered' })
    expect(await put({ mayHaveArrived: false })).toMatchObject({ verdict: 'failed', status: 412 })
  })

  test.each([[{ 'x-amz-meta-sha256': 'ff' }], [{}]])(
    'another object holds the stream: %j',
    async (headers) => {
      receiver.answer(answerBoth(taken, answerWith(200, '', headers)))
      const outcome = await put({ mayHaveArrived: true })
      expect(outcome).toMatchObject({ verdict: 'failed', status: 412 })
      expect(outcome.message).toContain('another object at audit/tenant=acme/a.ndjson')
    },
  )

  test('what has gone meanwhile is tried again', async () => {
    receiver.answer(answerBoth(taken, answerWith(404)))
    expect(await put({ mayHaveArrived: true })).toMatchObject({ verdict: 'failed' })
  })

  test('a storage that answers the question with a body counts as one that may not be asked', async () => {
    const badHead: Behaviour = (_request, _response, raw) =>
      raw.socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\n\r\nhello')
    receiver.answer(answerBoth(taken, badHead))
    expect(await put({ mayHaveArrived: true })).toMatchObject({ verdict: 'delivered' })
    expect(await put({ mayHaveArrived: false })).toMatchObject({ verdict: 'failed' })
  })

  test('no answer to what is asked then is no success', async () => {
    receiver.answer(answerBoth(taken, reset))
    expect(await put({ mayHaveArrived: true })).toMatchObject({ verdict: 'failed' })
  })
})

describe('a storage without conditional writes', () => {
  const unconditional: Behaviour = (request, ...rest) =>
    (request.headers['if-none-match'] ? error(501, 'NotImplemented') : answerWith(200))(request, ...rest)

  test('is remembered as one, and gets the object', async () => {
    receiver.answer(answerBoth(unconditional, answerWith(404)))
    expect(await put()).toMatchObject({ verdict: 'delivered', capabilities: { ifNoneMatch: false } })
    expect(methods()).toEqual(['PUT', 'HEAD', 'PUT'])
    receiver.received.length = 0
    expect(await put({ capabilities: { ifNoneMatch: false } })).toMatchObject({ verdict: 'delivered' })
    expect(methods()).toEqual(['HEAD', 'PUT'])
    expect(receiver.received.at(-1)?.headers).not.toHaveProperty('if-none-match')
  })

  test('is asked before, so that nothing foreign is overwritten and nothing is stored twice', async () => {
    const capabilities = { ifNoneMatch: false }
    receiver.answer(answerBoth(unconditional, answerWith(200, '', { 'x-amz-meta-sha256': sha256 })))
    expect(await put({ capabilities })).toMatchObject({ verdict: 'delivered' })
    receiver.answer(answerBoth(unconditional, answerWith(200)))
    expect(await put({ capabilities })).toMatchObject({ verdict: 'failed' })
    expect(methods()).toEqual(['HEAD', 'HEAD'])
  })

  test('is not taken for one because it lacks something else', async () => {
    receiver.answer(answerBoth(error(501, 'NotImplemented'), answerWith(404)))
    const { capabilities, verdict } = await put()
    expect({ capabilities, verdict }).toEqual({ capabilities: undefined, verdict: 'failed' })
  })
})

test.each([
  [403, 'AccessDenied', /s3:PutObject/],
  [403, 'InvalidAccessKeyId', /access key/],
  [403, 'SignatureDoesNotMatch', /secret access key/],
  [403, 'RequestTimeTooSkewed', /clocks/],
  [404, 'NoSuchBucket', /no such bucket/],
  [301, 'PermanentRedirect', /another region/],
  [400, 'AuthorizationHeaderMalformed', /region/],
  [400, 'BadDigest', /sends it again/],
  [400, 'RequestTimeout', /sends it again/],
  [409, 'ConditionalRequestConflict', /tries again/],
  [400, 'KMS.NotFoundException', /encryption key/],
  [418, 'Teapot', /Check bucket/],
  [429, 'SlowDown', /fewer requests/],
  [500, 'InternalError', /out of order/],
  [503, 'ServiceUnavailable', /out of order/],
])('HTTP %i %s holds the stream and says why', async (status, code, hint) => {
  receiver.answer(error(status, code, { 'retry-after': '7' }))
  const outcome = await put()
  expect(outcome).toMatchObject({ verdict: 'failed', status, retryAfterMs: 7_000 })
  expect(outcome.message).toMatch(new RegExp(`^HTTP ${status} ${code}: `))
  expect(outcome.message).toMatch(hint)
  expect('answer' in outcome && outcome.answer).toContain('<Message>m</Message>')
  expect(receiver.received).toHaveLength(1)
})

test('an encryption that the storage does not know is named as the reason', async () => {
  receiver.answer(error(400, 'InvalidRequest'))
  const config = s3Destination({ endpoint: receiver.url, pathStyle: true, encryption: 'AES256' }).config
  expect((await put({}, config)).message).toContain('server-side encryption')
  expect(receiver.received[0]?.headers).toMatchObject({ 'x-amz-server-side-encryption': 'AES256' })
})

test.each([
  ['nothing answers', hang],
  ['the connection is cut', reset],
  ['the answer is no XML', answerWith(200 + 300, '\0<html>')],
])('%s: the object is offered again later, once', async (_, behaviour) => {
  receiver.answer(behaviour)
  const outcome = await putObject(
    here(),
    object,
    { capabilities: {}, mayHaveArrived: false },
    { ...call, timeoutMs: 300 },
    outsideTools,
  )
  expect(outcome.verdict).toBe('failed')
  expect(receiver.received).toHaveLength(1)
})

test('our own stop is no failure of the storage', async () => {
  receiver.answer(hang)
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 100)
  const options = { capabilities: {}, mayHaveArrived: false }
  expect(
    await putObject(here(), object, options, { ...call, signal: stop.signal }, outsideTools),
  ).toMatchObject({ verdict: 'aborted' })
})

test('what was signed and the secret are not kept from an answer that repeats them', async () => {
  receiver.answer(
    answerWith(
      403,
      '<Error><Code>SignatureDoesNotMatch</Code><StringToSign>AWS4-HMAC</StringToSign><SignatureProvided>5e55</SignatureProvided><X>geheim</X></Error>',
    ),
  )
  expect(JSON.stringify(await put())).not.toMatch(/AWS4|5e55|geheim/)
})

test('a bucket at AWS is reached at AWS with SHA-256, whatever stands in this machine’s environment', async () => {
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3']) vi.stubEnv(name, receiver.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOFTHEHOST')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'of-the-host')
  vi.stubEnv('AWS_SESSION_TOKEN', 'of-the-host')
  vi.stubEnv('AWS_REGION', 'us-west-2')
  vi.stubEnv('AWS_PROFILE', 'none')
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere')
  vi.stubEnv('AWS_MAX_ATTEMPTS', '5')
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true')
  vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', 'true')
  const asked: Parameters<SendRequest>[0][] = []
  const request: SendRequest = async (given) => {
    asked.push(given)
    return { status: 503, headers: {}, bytes: Buffer.alloc(0), text: '', truncated: false, ms: 1 }
  }
  const config = s3Destination({
    encryption: 'aws:kms',
    kmsKeyId: 'alias/a',
    storageClass: 'STANDARD_IA',
  }).config
  expect(await put({}, config, { ...outsideTools, request })).toMatchObject({
    verdict: 'failed',
    status: 503,
  })
  expect(asked).toHaveLength(1)
  expect(asked[0]?.url).toMatch(
    /^https:\/\/acme-audit\.s3\.eu-central-1\.amazonaws\.com\/audit\/tenant%3Dacme\/a\.ndjson(\?|$)/,
  )
  expect(asked[0]?.headers).toMatchObject({
    'x-amz-checksum-sha256': createHash('sha256').update(text).digest('base64'),
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': 'alias/a',
    'x-amz-storage-class': 'STANDARD_IA',
    authorization: expect.stringMatching(/Credential=AKIAIOSFODNN7EXAMPLE\/\d+\/eu-central-1\/s3\//),
  })
  expect(JSON.stringify(asked[0]?.headers)).not.toMatch(/of-the-host|security-token|AKIAOFTHEHOST/)
})

test('without a secret nothing is sent, least of all with the credentials of this machine', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOFTHEHOST')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'of-the-host')
  const options = { capabilities: {}, mayHaveArrived: false }
  await expect(putObject(here(), object, options, { ...call, secrets: {} }, outsideTools)).rejects.toThrow(
    'no secret access key',
  )
  expect(receiver.received).toHaveLength(0)
})

test('an endpoint inside a private network is not reached', async () => {
  const config = here()
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  expect(await put({}, config)).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining('127.0.0.1'),
  })
  expect(receiver.received).toHaveLength(0)
})
