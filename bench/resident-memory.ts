import { readFileSync } from 'node:fs'

/** Resident memory of a process in MiB, as the kernel counts it (Linux). */
export function residentMiB(pid: number): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kib) / 1024)
}
