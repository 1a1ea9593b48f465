import { afterEach, expect, test, vi } from 'vitest'
import { requireCronSecret } from './require-cron-secret'

afterEach(() => vi.unstubAllEnvs())

const call = (authorization?: string) => () =>
  requireCronSecret(new Headers(authorization === undefined ? {} : { authorization }))

test('the right secret passes', () => {
  vi.stubEnv('CRON_SECRET', 'right')
  expect(call('Bearer right')).not.toThrow()
  expect(call('bearer right')).not.toThrow()
})

test.each([
  undefined,
  '',
  'right',
  'Bearer',
  'Bearer ',
  'Bearer wrong',
  'Bearer right1',
  'Bearer righ',
  'Basic right',
])('%j does not pass', (authorization) => {
  vi.stubEnv('CRON_SECRET', 'right')
  expect(call(authorization)).toThrow(expect.objectContaining({ code: 'unauthenticated' }))
})

test.each([undefined, '', ' '])('with the secret set to %j nobody passes', (secret) => {
  vi.stubEnv('CRON_SECRET', secret)
  for (const authorization of ['Bearer ', 'Bearer undefined', 'Bearer null', undefined, 'Bearer  '])
    expect(call(authorization)).toThrow(expect.objectContaining({ code: 'unauthenticated' }))
})
