import { fromBinary, toJson } from '@bufbuild/protobuf'
import { expect, test, vi } from 'vitest'
import { AppError } from '@/lib/errors/app-error'
import { messageOf } from './messages'
import { otlpProblem } from './otlp-answer'

test('an overload is 503 with the time to come again, in the encoding of the request', async () => {
  const error = new AppError('unavailable', 'Too much.', { retryAfterSeconds: 3 })
  const told = { code: 14, message: 'Too much.' }
  const asJson = otlpProblem(error, 'json')
  expect([asJson.status, asJson.headers.get('retry-after'), await asJson.json()]).toEqual([503, '3', told])
  const asProtobuf = otlpProblem(error, 'protobuf')
  const bytes = new Uint8Array(await asProtobuf.arrayBuffer())
  expect(toJson(messageOf('Status'), fromBinary(messageOf('Status'), bytes))).toEqual(told)
})

test('a fault of ours is 500, and tells a reference only', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const response = otlpProblem(new TypeError('secret of the house'), 'json')
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('secret')
})
