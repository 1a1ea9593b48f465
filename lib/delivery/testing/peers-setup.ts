import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'
import { isProcessAlive } from '@/db/process-identity'
import { PEER_PORTS, type PeerName } from './peers'
import { isPeerInstalled, stopPeer } from './run-peer'

const PREFIX = 'spoor-peers-'
const NAMES = Object.keys(PEER_PORTS) as PeerName[]
/** A daemon that was told to end still writes for a moment. */
const END_MS = 500

/** Before a run: which peers are missing. After it: ends those that its tests started. */
export default async function setUpPeers(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers()
  const installed = await Promise.all(NAMES.map(isPeerInstalled))
  const dir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  project.provide('peersDir', dir)
  project.provide(
    'missingPeers',
    NAMES.filter((_, i) => !installed[i]),
  )
  return () => stopAll(dir)
}

async function stopAll(dir: string): Promise<void> {
  for (const name of NAMES) await stopPeer(name, dir)
  await sleep(END_MS)
  rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: END_MS })
}

/** Of runs that were killed. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : Number.NaN)
    if (Number.isInteger(pid) && !isProcessAlive(pid)) await stopAll(join(tmpdir(), name))
  }
}
