import type { RejectCode } from '@/lib/collection/reject'

/** A row that did not become an event, as people see it. */
export type RejectView = {
  /** The silo's name. */
  silo: string
  file: { id: string; name: string }
  /** Of the row's first line in the file, from 1. */
  line: number
  /** The run that said so last. */
  runId: string
  code: RejectCode
  reason: string
  column: string | null
  value: string | null
  /** The row as it stands in the file; null where it was too long to be kept, and can't be collected again. */
  raw: string | null
  state: 'open' | 'collected' | 'discarded'
  rejectedAt: Date
  settledAt: Date | null
}
export type RejectPage = { rejects: RejectView[]; next: string | null }
