import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresBinaries } from './embedded-binaries'
import { embeddedPaths } from './embedded-cluster'
import { choosePort } from './embedded-port'
import { POLL_MS, type Postmaster, readPostmaster } from './embedded-postmaster'
import { postgresSettings } from './embedded-settings'
import { isProcessAlive } from './process-identity'

/** Replaying 4 GB of write-ahead log after a crash is part of a start. */
export const START_DEADLINE_MS = 120_000
const PORT_ATTEMPTS = 3
const LOG_LIMIT_BYTES = 10 * 1024 * 1024

/** Starts the server of a complete cluster that nothing uses, and waits until it takes connections. */
export async function launchPostgres(
  dir: string,
  binaries: PostgresBinaries,
  durable: boolean,
): Promise<Postmaster> {
  const paths = embeddedPaths(dir)
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(paths.port)
    const pid = spawnPostgres(dir, binaries, postgresSettings(port, durable))
    const server = await waitUntilReady(join(paths.cluster, 'postmaster.pid'), pid)
    if (server) return server
    const words = readLastWords(paths.log)
    // Somebody took the port between our look and the server's: choose again.
    if (attempt < PORT_ATTEMPTS && /could not (bind|create any TCP\/IP sockets)/.test(words)) continue
    throw new Error(`The embedded PostgreSQL did not start. Its last words (${paths.log}):\n${words}`)
  }
}

/** In a process group of its own: Ctrl-C reaches every process of the terminal's group, but must not reach it. */
function spawnPostgres(dir: string, binaries: PostgresBinaries, settings: Record<string, string>): number {
  const paths = embeddedPaths(dir)
  if ((statSync(paths.log, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) {
    renameSync(paths.log, `${paths.log}.1`)
  }
  const args = [
    '-D',
    paths.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const { file, args: all, env } = binaries.command(binaries.postgres, args)
  const output = openSync(paths.log, 'a', 0o600)
  try {
    const child = spawn(file, all, {
      env,
      detached: true,
      stdio: ['ignore', output, output],
      windowsHide: true,
    })
    child.on('error', () => {})
    child.unref()
    return child.pid ?? 0
  } finally {
    closeSync(output)
  }
}

async function waitUntilReady(pidFile: string, pid: number): Promise<Postmaster | undefined> {
  const deadline = Date.now() + START_DEADLINE_MS
  while (pid > 0 && isProcessAlive(pid) && Date.now() < deadline) {
    const server = readPostmaster(pidFile)
    if (server?.pid === pid && server.status === 'ready') return server
    await sleep(POLL_MS)
  }
  return undefined
}

function readLastWords(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
}
