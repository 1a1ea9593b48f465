import type { LineDefinition, Step } from '@/lib/collection/lines/definition'
import { blankStep, type StepKind } from './step-texts'

/** A step while it is edited; the key stays with it when it is moved. */
export type DraftStep = { key: number; step: Step; isFolded: boolean }

export type LineDraft = {
  name: string
  note: string
  attributes: readonly string[]
  steps: readonly DraftStep[]
  target: Readonly<Record<string, string>>
}

/** Beyond these a line is read step by step: all open at once would be a page without an end. */
const MAX_OPEN = 8

export function toDraft(named: { name: string; note: string }, definition: LineDefinition): LineDraft {
  return {
    ...named,
    attributes: definition.source.attributes,
    steps: definition.steps.map((step, key) => ({ key, step, isFolded: definition.steps.length > MAX_OPEN })),
    target: Object.fromEntries(Object.entries(definition.target).map(([name, text]) => [name, text ?? ''])),
  }
}

/** As it is saved: what is blank of the target has no value, and a blank condition is none. */
export function toDefinition({ attributes, steps, target }: LineDraft): LineDefinition {
  return {
    source: { attributes: attributes.filter((name) => name.trim() !== '') },
    steps: steps.map(({ step }) => withoutBlanks(step)),
    target: Object.fromEntries(Object.entries(target).filter(([, text]) => text !== '')),
  }
}

function withoutBlanks(step: Step): Step {
  if (step.kind !== 'line' || step.when?.trim()) return step
  const { when: _, ...always } = step
  return always
}

export const replaceStep = (draft: LineDraft, at: number, step: Step): LineDraft => ({
  ...draft,
  steps: draft.steps.map((one, index) => (index === at ? { ...one, step } : one)),
})

export function addStep(draft: LineDraft, at: number, kind: StepKind): LineDraft {
  return insertStep(draft, at, blankStep(kind))
}

export function insertStep(draft: LineDraft, at: number, step: Step): LineDraft {
  const key = Math.max(-1, ...draft.steps.map((one) => one.key)) + 1
  return { ...draft, steps: draft.steps.toSpliced(at, 0, { key, step, isFolded: false }) }
}

export const removeStep = (draft: LineDraft, at: number): LineDraft => ({
  ...draft,
  steps: draft.steps.toSpliced(at, 1),
})

/** The draft with a step further up or down; the same draft where it can't go. */
export function moveStep(draft: LineDraft, at: number, by: 1 | -1): LineDraft {
  const one = draft.steps[at]
  const to = at + by
  if (!one || to < 0 || to >= draft.steps.length) return draft
  return { ...draft, steps: draft.steps.toSpliced(at, 1).toSpliced(to, 0, one) }
}

export const foldStep = (draft: LineDraft, at: number, isFolded: boolean): LineDraft => ({
  ...draft,
  steps: draft.steps.map((one, index) => (index === at ? { ...one, isFolded } : one)),
})
