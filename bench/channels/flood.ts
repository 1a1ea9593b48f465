import { setTimeout as sleep } from 'node:timers/promises'
import { randomSource, sampleEvents } from '@/bench/sample-events'
import type { Arrival } from './receivers'
import { openWorkspace, TOLD_TYPE, WAYS, type Workspace } from './workspace'

const SECONDS = 60
const MAX_REQUEST = 60
/** A message that takes all the room makes the next one wait; two of them are more than enough for the rest. */
const DRAIN_MS = 150_000
/** No more than one each four seconds, over the minute and what follows it. */
const MAX_MESSAGES = 30

/** So many events within a minute: how many messages people get of them, and whether these count every one. */
export async function benchFlood(serverUrl: string, events: number): Promise<void> {
  const workspace = await openWorkspace(serverUrl)
  const started = performance.now()
  const requests = await sendFlood(workspace, events)
  const seconds = (performance.now() - started) / 1_000
  console.log(
    `  ${events.toLocaleString('en')} events in ${seconds.toFixed(0)} s, in ${requests} requests of up to ${MAX_REQUEST}:`,
  )
  for (const way of WAYS) {
    const { arrivals } = workspace.receivers[way]
    await untilCounted(arrivals, events)
    const counted = countEvents(arrivals)
    const last = Math.max(...arrivals.map(({ at }) => at))
    const isRight = counted === events && arrivals.length <= MAX_MESSAGES
    console.log(
      `    ${way}: ${arrivals.length} messages (${Math.round(events / arrivals.length)} events each), they count ` +
        `${counted.toLocaleString('en')} of ${events.toLocaleString('en')}, the last after ${((last - started) / 1_000).toFixed(0)} s, ` +
        `wanted ${MAX_MESSAGES} at most and every event: ${isRight ? 'reached' : 'missed'}`,
    )
  }
  await workspace.close()
}

const countEvents = (arrivals: readonly Arrival[]) => arrivals.reduce((sum, { events }) => sum + events, 0)

/** Requests of any size, spread over the minute. */
async function sendFlood(workspace: Workspace, count: number): Promise<number> {
  const random = randomSource(count)
  const events = sampleEvents(count, workspace.scope.tenantId).map((event) => ({ ...event, type: TOLD_TYPE }))
  const started = performance.now()
  let requests = 0
  for (let sent = 0; sent < count; requests++) {
    const size = 1 + Math.floor(random() * MAX_REQUEST)
    await sleep(Math.max(0, started + (sent / count) * SECONDS * 1_000 - performance.now()))
    await workspace.send(events.slice(sent, sent + size))
    sent += size
  }
  return requests
}

async function untilCounted(arrivals: readonly Arrival[], events: number): Promise<void> {
  const started = performance.now()
  while (countEvents(arrivals) < events && performance.now() - started < DRAIN_MS) await sleep(250)
  // What would be counted twice has its time to come.
  await sleep(2_000)
}
