import type { Reading } from '@/lib/collection/reading/reading'
import type { Reject } from '@/lib/collection/reject'
import type { CollectedEvent } from '@/lib/collection/target/to-collected-event'
import type { RunCounts } from './run-view'

/** An event that a row would become. */
export type DryRunEvent = {
  /** Of the row's first line. */
  line: number
  /** Under the 47 names of the log target. */
  target: Record<string, string | number>
  event: CollectedEvent
  /** It is in the trail already, or the file has it twice: collecting would add nothing. */
  isKnown: boolean
}

/** `raw` is null where the row is longer than what is shown. */
export type DryRunReject = Reject & { line: number; raw: string | null }

/** What collecting would do. Nothing of it is stored. */
export type DryRun = {
  /** Null where rows were handed over. */
  file: { id: string; name: string } | null
  reading: Reading
  /** Null where the line names the columns. */
  header: string[] | null
  /** What may be wrong with how the file is read. */
  doubts: string[]
  rows: number
  counts: RunCounts
  /** The first ones. */
  events: DryRunEvent[]
  /** The first ones; `counts` has all. */
  rejects: DryRunReject[]
  /** False where it stopped before the end, for the time or the number of rows. */
  isWhole: boolean
}
