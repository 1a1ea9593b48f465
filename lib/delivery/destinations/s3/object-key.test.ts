import { expect, test } from 'vitest'
import type { S3Format } from './format'
import { checkpointKey, digestObjectKey, s3ObjectKey, testObjectKey } from './object-key'

const format: S3Format = {
  format: 'ndjson',
  encoding: 'native',
  gzip: true,
  place: 'acme-audit at AWS eu-central-1',
  prefix: 'audit/',
  tenant: 'acme',
}
const range = {
  destinationId: 'd1',
  firstSeq: 0,
  lastSeq: 49_999,
  firstReceivedAt: '2026-11-20T23:59:59.999Z',
}

test('an object is named by tenant, destination, day, range and format', () => {
  expect(s3ObjectKey(format, range)).toMatch(
    /^audit\/tenant=acme\/stream=d1\/date=2026-11-20\/0{20}-0{15}49999\.v\d+\.ndjson\.gz$/,
  )
})

test('a replay has a folder of its own, so that it never meets the objects of the stream', () => {
  expect(s3ObjectKey(format, { ...range, replayId: 'r1' })).toContain('/stream=d1/replay=r1/date=2026-11-20/')
})

test('the longest prefix and range leave the name within the 1,024 bytes of S3', () => {
  const longest = { ...format, prefix: `${'p'.repeat(512)}/`, tenant: 't'.repeat(63) }
  const ids = { destinationId: crypto.randomUUID(), replayId: crypto.randomUUID() }
  const key = s3ObjectKey(longest, { ...range, ...ids, lastSeq: Number.MAX_SAFE_INTEGER })
  expect(key.length).toBeLessThanOrEqual(1024)
})

test('names sort as their ranges do', () => {
  const keys = [5, 40, 1_000_000, 2 ** 40].map((firstSeq) => s3ObjectKey(format, { ...range, firstSeq }))
  expect([...keys].sort()).toEqual(keys)
})

test('tests, digests and checkpoints stand apart from the events', () => {
  expect(testObjectKey(format, 'test-1')).toBe('audit/tenant=acme/_test/test-1.ndjson.gz')
  expect(digestObjectKey(format, 'd1', 12)).toBe('audit/tenant=acme/stream=d1/_digests/0000000012.jsonl')
  expect(checkpointKey('audit/', 'host/log/l1\n70000\nroot=\n\n— host/log/l1 sig\n')).toBe(
    'audit/checkpoints/l1/70000.txt',
  )
})
