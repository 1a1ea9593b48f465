import type { RunState, RunView } from '@/lib/collection/runs/run-view'

/** Silos in an order, and when they are collected. */
export type PlanView = {
  id: string
  name: string
  note: string
  /** Names, in the order in which they are collected. */
  silos: string[]
  /** Cron expression of five fields by the workspace's clock; null: only when somebody says so. */
  schedule: string | null
  enabled: boolean
  /** Null where it has no schedule or is switched off. */
  nextAt: Date | null
  createdAt: Date
  updatedAt: Date
  lastExecution: ExecutionView | null
}

/** A silo that an execution left out, and why. */
export type SkippedSilo = { silo: string; reason: string }

/** One time that a plan was begun. */
export type ExecutionView = {
  id: string
  planId: string
  requestedBy: string
  startedAt: Date
  /** `running` until all its runs have ended; `failed` where one of them failed or could not read a file. */
  state: Exclude<RunState, 'queued'>
  skipped: SkippedSilo[]
  /** In the order of the plan. */
  runs: RunView[]
}
