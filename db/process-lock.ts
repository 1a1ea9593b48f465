import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isProcessAlive, readProcessStart } from './process-identity'

export type ProcessLock = { release(): void }

type Holder = { pid: number; start: string }

/**
 * Takes the lock file, or throws an error that names the living process holding it. A file left by a process
 * that is gone (kill -9, power cut) is replaced; `what` names the thing that is locked, for the error.
 */
export function acquireProcessLock(file: string, what: string): ProcessLock {
  const own: Holder = { pid: process.pid, start: readProcessStart(process.pid) }
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 })
  try {
    while (!link(draft, file)) discardStale(file, what)
  } finally {
    rmSync(draft, { force: true })
  }
  let held = true
  return {
    release: () => {
      if (held) rmSync(file, { force: true })
      held = false
    },
  }
}

/** The process that holds the lock now, or undefined when nobody living does. */
export function findLockHolder(file: string): number | undefined {
  const holder = readHolder(file)
  return holder && isHolding(holder) ? holder.pid : undefined
}

/** A hard link either makes the complete file or fails: nobody ever reads a half-written lock. */
function link(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function discardStale(file: string, what: string): void {
  refuseLiving(readHolder(file), what, file)
  const aside = `${file}.${randomUUID()}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  // Another starter may have replaced the stale file between our look and our rename: give its lock back.
  const moved = readHolder(aside)
  if (moved && isHolding(moved)) link(aside, file)
  rmSync(aside, { force: true })
  refuseLiving(moved, what, file)
}

function refuseLiving(holder: Holder | undefined, what: string, file: string): void {
  if (!holder || !isHolding(holder)) return
  throw new Error(
    `${what} is in use by process ${holder.pid} (lock ${file}). Stop that process, or choose another data directory.`,
  )
}

function isHolding({ pid, start }: Holder): boolean {
  return isProcessAlive(pid) && readProcessStart(pid) === start
}

function readHolder(file: string): Holder | undefined {
  try {
    const { pid, start } = JSON.parse(readFileSync(file, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? { pid, start: String(start) } : undefined
  } catch {
    return undefined
  }
}
