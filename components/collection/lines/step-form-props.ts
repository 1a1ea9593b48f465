import type { Step } from '@/lib/collection/lines/definition'
import type { TableKind } from '@/lib/collection/tables/table'
import type { StepKind } from './step-texts'

/** What the forms of steps choose from. */
export type LineChoices = {
  tables: readonly { id: string; name: string; kind: TableKind; columns: readonly string[] }[]
  lines: readonly { id: string; name: string }[]
}

/** What the form of each kind of step is given. */
export type StepFormProps<Kind extends StepKind> = {
  step: Extract<Step, { kind: Kind }>
  /** Attributes that rows have before it. */
  attributes: readonly string[]
  choices: LineChoices
  /** What is wrong at a place below the step. */
  errorAt: (...path: (string | number)[]) => string | undefined
  onChange: (step: Extract<Step, { kind: Kind }>) => void
}
