import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresBinaries } from './embedded-binaries'
import { isProcessAlive } from './process-identity'

export type Postmaster = { pid: number; port: number; status: string }

/** How often a starting or stopping server is looked at. */
export const POLL_MS = 15

/** Fast shutdown writes a checkpoint; on a slow disk with much to write that takes a while. */
const STOP_DEADLINE_MS = 60_000

/** Backends see that their postmaster died within milliseconds, unless they are deep in a statement. */
const ORPHAN_GRACE_MS = 1_000

/** The server that postmaster.pid names, if it lives and serves this cluster. A stale file is removed. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const file = join(cluster, 'postmaster.pid')
  const found = readPostmaster(file)
  if (found && isProcessAlive(found.pid) && servesCluster(found.pid, cluster)) return found
  rmSync(file, { force: true })
  return undefined
}

/** What the server itself wrote about its state; undefined while there is no complete file. */
export function readPostmaster(file: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(file, 'utf8').split('\n')
  } catch {
    return undefined
  }
  // Line 1 pid, 4 port, 8 status (PostgreSQL: src/include/utils/pidfile.h).
  const [pid, port, status] = [Number(lines[0]), Number(lines[3]), (lines[7] ?? '').trim()]
  return Number.isInteger(pid) && pid > 0 ? { pid, port, status } : undefined
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk; returns when it is gone. */
export async function stopPostmaster(cluster: string, binaries: PostgresBinaries): Promise<void> {
  const pid = findPostmaster(cluster)?.pid
  if (pid === undefined) return
  const deadline = Date.now() + STOP_DEADLINE_MS
  // Windows has no signals: Node would end the process hard, where pg_ctl asks it.
  if (process.platform === 'win32') execFileSync(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast'])
  else signal(pid, 'SIGINT')
  while (isProcessAlive(pid)) {
    if (Date.now() > deadline) {
      // Immediate shutdown loses nothing committed: the next start replays the write-ahead log.
      signal(pid, 'SIGQUIT')
      await sleep(5_000)
      return
    }
    await sleep(POLL_MS)
  }
}

/** After kill -9 of the postmaster its children hold the shared memory: wait for them, then end them too. */
export async function clearOrphans(cluster: string): Promise<void> {
  const deadline = Date.now() + ORPHAN_GRACE_MS
  for (let pids = findServerProcesses(cluster); pids.length > 0; pids = findServerProcesses(cluster)) {
    if (Date.now() > deadline) for (const pid of pids) signal(pid, 'SIGKILL')
    await sleep(POLL_MS)
  }
}

/** Every process of PostgreSQL works in its data directory; known on Linux only, elsewhere none is found. */
function findServerProcesses(cluster: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && servesCluster(pid, cluster))
}

function servesCluster(pid: number, cluster: string): boolean {
  try {
    if (process.platform === 'linux') {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster) && /postgres/.test(readComm(pid))
    }
    if (process.platform === 'win32') return true
    return /postgres/.test(execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }))
  } catch {
    return false
  }
}

function readComm(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8')
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
