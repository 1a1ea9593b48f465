import { expect, test, vi } from 'vitest'
import { AppError } from '@/lib/errors/app-error'
import { hecProblem } from './hec-answer'

const answered = async (error: unknown) => {
  const response = hecProblem(error)
  const { status, headers } = response
  return { status, retryAfter: headers.get('retry-after'), ...(await response.json()) }
}

test('when the trail takes nothing now, Splunk is busy: clients send again when they are told to', async () => {
  const error = new AppError('unavailable', 'Too much.', { retryAfterSeconds: 3 })
  expect(await answered(error)).toEqual({
    status: 503,
    retryAfter: '3',
    text: 'Server is busy',
    code: 9,
    detail: 'Too much.',
  })
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' })
  const told = await answered(away)
  expect(told).toMatchObject({ status: 503, code: 9, retryAfter: '2' })
  expect(JSON.stringify(told)).not.toContain('10.0.0.7')
})

test('a fault of ours is code 8, and tells a reference only', async () => {
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const told = await answered(new TypeError('secret of the house'))
  expect(told).toMatchObject({ status: 500, code: 8, detail: expect.stringMatching(/[0-9a-f]{12}/) })
  expect(JSON.stringify(told)).not.toContain('secret')
  expect(log.mock.calls.join()).toContain('secret of the house')
})
