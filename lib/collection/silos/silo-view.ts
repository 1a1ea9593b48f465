import type { Origin } from '@/lib/collection/origins/origin'
import type { ReadingChoice } from '@/lib/collection/reading/reading'
import type { RunView } from '@/lib/collection/runs/run-view'

/** A silo as its readers see it. */
export type SiloView = {
  id: string
  /** Its identity, in addresses and in `silo:<name>`. */
  name: string
  note: string
  line: { id: string; name: string } | null
  origin: Origin
  /** Whether the origin's secret is stored; it never comes back. */
  hasSecret: boolean
  pattern: string
  reading: ReadingChoice
  collectsAtOnce: boolean
  keepDays: number
  createdAt: Date
  updatedAt: Date
  /** `waiting` to be collected, or to be collected on; `failed` for a reason that stands beside the file. */
  files: { waiting: number; failed: number; total: number }
  openRejects: number
  lastRun: RunView | null
  lastFileAt: Date | null
  /** When the next file is overdue by the usual rhythm. */
  quietAt: Date | null
}
