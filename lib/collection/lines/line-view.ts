import type { Reject } from '@/lib/collection/reject'
import type { EventInput } from '@/lib/event/event-input'
import type { LineDefinition, Step } from './definition'

export type Named = { id: string; name: string }

/** A line as lists show it. */
export type LineView = {
  id: string
  name: string
  note: string
  /** The newest version. */
  version: number
  /** What it does, in its order. */
  steps: Step['kind'][]
  /** Names of the silos that it collects, and of the lines that call it. */
  silos: string[]
  usedBy: Named[]
  savedBy: string
  createdAt: Date
  /** When its newest version, name or note was saved. */
  updatedAt: Date
}

/** A line with what it does, or did in an earlier version. */
export type LineDetail = LineView & {
  /** The version that `definition` is of. */
  shownVersion: number
  definition: LineDefinition
}

export type LineVersionView = { version: number; savedBy: string; savedAt: Date }

/** What is wrong with a definition, and where in it: `['steps', 0, 'set', 1, 'expression']`. */
export type LineProblem = {
  path: (string | number)[]
  /** For people: what, and what to do. */
  message: string
  /** Warnings don't keep it from being saved: a table has a key twice, say. */
  isWarning?: true
}

/** A sample row after a step, or what became of it there: one that was filtered or rejected is in no later step. */
export type PreviewRow = {
  /** Its place in the sample. */
  row: number
  /** Its values under the step's columns, long ones cut. */
  cells: string[]
  outcome?: { kind: 'filtered' } | { kind: 'rejected'; reject: Reject }
}

export type PreviewColumn = { name: string; state: 'same' | 'added' | 'changed' }

/** Rows as they are after a step; the first one is the source. */
export type PreviewStep = { title: string; columns: PreviewColumn[]; rows: PreviewRow[] }

/** An event that a sample row would become, and its values under the names of TARGET_FIELDS. */
type PreviewEvent = { row: number; event: EventInput; fields: Record<string, string> }

/** Steps stop where a problem is: those before it are shown all the same. */
export type LinePreview = {
  steps: PreviewStep[]
  events: PreviewEvent[]
  rejects: { row: number; reject: Reject }[]
  problems: LineProblem[]
}
