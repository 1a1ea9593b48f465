/** What became of rows: `rows` is the sum of the other four. */
export type RunCounts = {
  rows: number
  collected: number
  duplicates: number
  filtered: number
  rejected: number
}

export type RunKind = 'files' | 'rejects'
export type RunState = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled'

/** A line or table that a run used; twice where it was changed on the way. */
export type UsedVersion = { id: string; name: string; version: number }
export type RunVersions = { lines: UsedVersion[]; tables: UsedVersion[] }

/** One way through a silo's files, or through its rejected rows, as people see it. */
export type RunView = RunCounts & {
  id: string
  /** The silo's name. */
  silo: string
  kind: RunKind
  /** `failed`: it could not go on, for `error`. A file that could not be read is in `failedFiles`, and says why itself. */
  state: RunState
  requestedBy: string
  requestedAt: Date
  startedAt: Date | null
  endedAt: Date | null
  /** Who asked it to stop. While it is `running` yet, it stops within a moment. */
  cancelledBy: string | null
  /** Null until it has begun. */
  versions: RunVersions | null
  /** Files that it read to the end, and that it could not. */
  files: number
  failedFiles: number
  currentFile: { id: string; name: string } | null
  /** Of all that it has to read, as far as it is known. */
  totalBytes: number
  readBytes: number
  error: string | null
  /** The plan and the execution that it belongs to. */
  planId: string | null
  executionId: string | null
}
