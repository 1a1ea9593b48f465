import { expect, test } from 'vitest'
import { runOnce } from '@/lib/delivery/run-once'
import { alterHttp } from '@/lib/delivery/testing/alter-http'
import { addDestination, appendNumbered, freezeAfterSend } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { cancelReplay } from './cancel-replay'
import { getDestination } from './get'
import { replayEvents } from './replay-events'

const given = useDeliveries()

/** A receiver that acknowledges what it took, once `acknowledge` says so. */
function alterToAccept(acknowledges: () => boolean): void {
  let accepted = 0
  alterHttp(({ send }) => ({
    maxEvents: 10,
    send: async (delivery, tools) => {
      const outcome = await send(delivery, tools)
      return outcome.verdict === 'delivered'
        ? { ...outcome, verdict: 'accepted', ackId: `${accepted++}` }
        : outcome
    },
    pollAcks: async (asked) => ({ verdict: 'answered', acked: acknowledges() ? asked : [] }),
  }))
}

test('of a cancelled replay nothing waits for its acknowledgement any more, also what is on its way', async () => {
  let acknowledges = true
  alterToAccept(() => acknowledges)
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 25)
  for (let i = 0; i < 4; i++) {
    await given.makeDue()
    await given.run()
  }
  acknowledges = false
  const { id: replayId } = await replayEvents(given.scope, { id, what: 'since', fromSeq: 0 })
  const { request, sent, release } = freezeAfterSend()
  await given.makeDue()
  await sealNow()
  const running = runOnce({ budgetMs: 20_000, tools: { request } })
  await sent
  await cancelReplay(given.scope, { id, replayId })
  release()
  await running
  const { awaitingAcks, stats } = await getDestination(given.scope, id)
  expect(awaitingAcks).toEqual({ batches: 0, events: 0 })
  expect(stats).toMatchObject({ runningReplays: 0, sentEvents: 25 })
  const batches = await given.rows('delivery_batches', id)
  expect(batches.filter(({ replay_id: replay }) => replay).map(({ state }) => state)).toEqual(['replaced'])
})
