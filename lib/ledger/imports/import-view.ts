import type { EntityType } from '@/lib/ledger/entity-types'
import type { IMPORT_MODES } from './input'

/** What is wrong with a file, and what to do; `line` as people count them, in JSON the number of the entry. */
export type ImportProblem = { line: number; column?: string; detail: string }

/** What becomes of one entity: fields with what they were and what they will be; '' is none. */
export type ChangeSample = {
  key: string
  displayName: string
  fields: { name: string; before: string; after: string }[]
}

/** The first fifty of each, `added` in the order of the file, the others by key. `ended`: it stays known for the time before. */
export type ImportSamples = {
  added: ChangeSample[]
  changed: ChangeSample[]
  removed: (ChangeSample & { ended: boolean })[]
}

/** An import as lists show it. */
export type ImportSummary = {
  id: string
  type: EntityType
  mode: (typeof IMPORT_MODES)[number]
  effectiveFrom: Date | null
  /** Of the file. */
  name: string
  state: 'preview' | 'applied' | 'discarded'
  rows: number
  added: number
  changed: number
  /** Entities that go, or end at `effectiveFrom`. */
  removed: number
  unchanged: number
  requestedBy: string
  requestedAt: Date
  appliedBy: string | null
  appliedAt: Date | null
}

/** With what it does, or did when it was previewed; samples of one that is not a preview any more are empty. */
export type ImportView = ImportSummary & {
  samples: ImportSamples
  /** What may be wrong, and is taken all the same: links that lead nowhere. */
  hints: string[]
  /** Set where applying it needs `confirmRemoved`: so many of the type's entities would go. */
  asks: { removed: number; of: number } | null
}

/** A file with something wrong in it: nothing of it was kept. At most fifty problems are told. */
export type RefusedImport = { id: null; rows: number; problems: ImportProblem[] }
