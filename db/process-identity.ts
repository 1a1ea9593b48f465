import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** True while a process with this id exists, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return readProcessState(pid) !== 'Z'
}

/**
 * Tells a process from a later one that got the same id: the kernel's start time on Linux, the start date
 * that `ps` shows elsewhere, '' where neither can be read.
 */
export function readProcessStart(pid: number): string {
  if (process.platform === 'linux') return readStat(pid)[19] ?? ''
  if (process.platform === 'win32') return ''
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/** A zombie answers to signal 0 until its parent collects it, which a container's init may never do. */
function readProcessState(pid: number): string | undefined {
  return process.platform === 'linux' ? readStat(pid)[0] : undefined
}

/** The fields of /proc/<pid>/stat behind the command name, which itself may hold spaces. */
function readStat(pid: number): string[] {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
