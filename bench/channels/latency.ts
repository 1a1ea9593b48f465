import { setTimeout as sleep } from 'node:timers/promises'
import { randomSource } from '@/bench/sample-events'
import { quantile } from '@/bench/statistics'
import { openWorkspace, TOLD_TYPE, WAYS, type Workspace } from './workspace'

/** Each gets fewer events than a channel tells at once before it takes breath. */
const WORKSPACES = 8
const EVENTS = 96
const MAX_PAUSE_MS = 1_600
const DEADLINE_MS = 120_000
const WANTED_P95_MS = 3_000

type Probe = { marker: string; workspace: Workspace; at: number }

/** From before the API is asked to the receiver's hands: single events at irregular distances. */
export async function benchChannelLatency(serverUrl: string): Promise<void> {
  const workspaces: Workspace[] = []
  for (let i = 0; i < WORKSPACES; i++) workspaces.push(await openWorkspace(serverUrl))
  const probes = await sendProbes(workspaces)
  console.log(
    `  ${EVENTS} single events in ${WORKSPACES} workspaces, up to ${MAX_PAUSE_MS / 1_000} s apart, from the request to the receiver:`,
  )
  for (const way of WAYS) {
    const delays = await Promise.all(
      probes.map(async ({ marker, workspace, at }) => {
        const arrival = await find(() =>
          workspace.receivers[way].arrivals.find(({ words }) => words.includes(marker)),
        )
        return arrival.at - at
      }),
    )
    const [p50, p95] = [quantile(delays, 0.5), quantile(delays, 0.95)]
    console.log(
      `    ${way}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, worst ${Math.max(...delays).toFixed(0)} ms, ` +
        `wanted p95 ${WANTED_P95_MS}: ${p95 <= WANTED_P95_MS ? 'reached' : 'missed'}`,
    )
  }
  for (const workspace of workspaces) await workspace.close()
}

async function sendProbes(workspaces: readonly Workspace[]): Promise<Probe[]> {
  const random = randomSource(WORKSPACES)
  const probes: Probe[] = []
  for (let i = 0; i < EVENTS; i++) {
    const workspace = workspaces[i % WORKSPACES] as Workspace
    // With its end, so that none is the beginning of another.
    const marker = `probe${i}x`
    await sleep(random() * MAX_PAUSE_MS)
    const at = performance.now()
    await workspace.send([{ type: TOLD_TYPE, action: 'probed', message: `the ${marker} was seen` }])
    probes.push({ marker, workspace, at })
  }
  return probes
}

async function find<T>(look: () => T | undefined): Promise<T> {
  const started = performance.now()
  for (let found = look(); ; found = look()) {
    if (found) return found
    if (performance.now() - started > DEADLINE_MS) throw new Error('an event was never told')
    await sleep(50)
  }
}
