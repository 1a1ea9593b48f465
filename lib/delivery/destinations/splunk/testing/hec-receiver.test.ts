import splunk from 'splunk-logging'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { imitateHec } from './hec-receiver'

let receiver: Receiver

beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(() => receiver.close())

type SplunkAnswer = { text: string; code: number }

/** Splunk's own client, against our imitation of Splunk: what it takes for success and failure is the oracle. */
function newLogger(token: string) {
  const logger = new splunk.Logger({ url: receiver.url, token, maxBatchCount: 0 })
  const errors: (string | number | undefined)[] = []
  logger.error = ({ code }) => errors.push(code)
  const flush = () =>
    new Promise<SplunkAnswer>((resolve, reject) =>
      logger.flush((error, _, body) => (error ? reject(error) : resolve(body))),
    )
  return { logger, flush, errors }
}

test("Splunk's own client sends a batch to the imitation and takes its answer for a success", async () => {
  const hec = imitateHec({ token: 't1', indexes: ['main'] })
  receiver.answer(hec.behave)
  const { logger, flush, errors } = newLogger('t1')
  for (const count of [1, 2]) logger.send({ message: { count, text: '}{"' }, metadata: { index: 'main' } })
  expect(await flush()).toEqual({ text: 'Success', code: 0 })
  expect(errors).toEqual([])
  expect(hec.events.map(({ event }) => (event as { message: unknown }).message)).toEqual([
    { count: 1, text: '}{"' },
    { count: 2, text: '}{"' },
  ])
})

test("Splunk's own client knows the imitation's refusals by their codes", async () => {
  receiver.answer(imitateHec({ token: 't1', indexes: ['main'] }).behave)
  const wrongIndex = newLogger('t1')
  wrongIndex.logger.send({ message: 'x', metadata: { index: 'other' } })
  expect(await wrongIndex.flush()).toMatchObject({ code: 7, 'invalid-event-number': 0 })
  expect(wrongIndex.errors).toEqual([7])
  const wrongToken = newLogger('t2')
  wrongToken.logger.send({ message: 'x' })
  expect(await wrongToken.flush()).toMatchObject({ code: 4 })
  expect(wrongToken.errors).toEqual([4])
})
