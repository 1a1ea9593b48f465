import { readFileSync } from 'node:fs'

/** Clock ticks a second in /proc, fixed by Linux for its users. */
const TICKS = 100
const UTIME_FIELD = 11

/** CPU seconds that a process has used so far, in user and kernel; Linux only. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[UTIME_FIELD]) + Number(fields[UTIME_FIELD + 1])) / TICKS
}
