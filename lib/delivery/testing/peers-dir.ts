import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isProcessAlive } from '@/db/process-identity'
import { PEER_PORTS, type PeerName } from './peers'
import { stopPeer } from './run-peer'

const PREFIX = 'spoor-peers-'
/** A daemon that was told to end still writes for a moment. */
const END_MS = 500

export const PEER_NAMES = Object.keys(PEER_PORTS) as PeerName[]

/** A folder for the peers of this process's tests. */
export const makePeersDir = (): string => mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))

/** Ends the peers that run below the folder, and removes it. */
export async function removePeersDir(dir: string): Promise<void> {
  for (const name of PEER_NAMES) await stopPeer(name, dir)
  await sleep(END_MS)
  rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: END_MS })
}

/** Those of runs that were killed. */
export async function removeDeadPeersDirs(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : Number.NaN)
    if (Number.isInteger(pid) && !isProcessAlive(pid)) await removePeersDir(join(tmpdir(), name))
  }
}
