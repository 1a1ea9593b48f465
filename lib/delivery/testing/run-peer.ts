import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PEER_PORTS, type PeerName, type Peers } from './peers'

const run = promisify(execFile)
/** Ceph's whole cluster takes 8 s on two idle cores. */
export const PEER_START_TIMEOUT_MS = 240_000
const MAX_TRIES = 2
/** Files by which the test files of a run tell each other. */
const READY = 'ready'
const FAILED = 'start-failed'

const script = (name: PeerName) =>
  fileURLToPath(new URL(`../../../scripts/peers/${name}.sh`, import.meta.url))

export async function isPeerInstalled(name: PeerName): Promise<boolean> {
  try {
    await run(script(name), ['installed'])
    return true
  } catch {
    return false
  }
}

/** Starts the peer below `dir`, or waits for whoever is starting it: test files share the peers of their run. */
export async function usePeer<Name extends PeerName>(name: Name, dir: string): Promise<Peers[Name]> {
  const own = join(dir, name)
  const failed = join(own, FAILED)
  if (mkdirOnce(own)) await startPeer(name, own)
  const deadline = Date.now() + PEER_START_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (existsSync(failed)) throw new Error(`the peer ${name} did not start: ${readFileSync(failed, 'utf8')}`)
    if (existsSync(join(own, READY))) return JSON.parse(readFileSync(join(own, 'peer.json'), 'utf8'))
    await sleep(100)
  }
  throw new Error(`the peer ${name} did not start in time`)
}

export async function stopPeer(name: PeerName, dir: string): Promise<void> {
  if (existsSync(join(dir, name))) await run(script(name), ['stop', join(dir, name)])
}

async function startPeer(name: PeerName, own: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      const ports = await freePorts(PEER_PORTS[name])
      await run(script(name), ['start', own, ...ports.map(String)], {
        timeout: PEER_START_TIMEOUT_MS / MAX_TRIES,
      })
      return writeFileSync(join(own, READY), '')
    } catch (error) {
      // A port that was free may be somebody's by now, and a loaded machine keeps a daemon waiting for too long.
      if (tries === MAX_TRIES)
        return writeFileSync(join(own, FAILED), error instanceof Error ? error.message : String(error))
      await run(script(name), ['stop', own])
      for (const entry of readdirSync(own)) rmSync(join(own, entry), { recursive: true, force: true })
    }
  }
}

/** False if it is there already: whoever made it has the work. */
function mkdirOnce(dir: string): boolean {
  try {
    mkdirSync(dir)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Held open together, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const listening = servers.map(
    (server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)),
  )
  await Promise.all(listening)
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
