import type { TenantScope } from '@/lib/access/scope'
import type { CompiledLine } from '@/lib/collection/lines/compiled-line'
import type { TrailOwner } from '@/lib/trail/event-row'
import type { Trust } from './append-collected'
import type { LeasedRun } from './lease-run'
import type { RunCounts } from './run-view'

/** A run that this process works on. */
export type RunWork = {
  scope: TenantScope
  run: LeasedRun
  line: CompiledLine
  owner: TrailOwner
  trust: Trust
  /** Aborts when the run has to be left. */
  signal: AbortSignal
  /** Counts what was committed. */
  note(counts: RunCounts): void
}

/** Throws `StopRun` when the run has to be left. */
export function checkWork({ signal }: Pick<RunWork, 'signal'>): void {
  if (signal.aborted) throw signal.reason
}
