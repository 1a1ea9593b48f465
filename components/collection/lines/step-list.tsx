'use client'

import { type Dispatch, type SetStateAction, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { LinePreview, LineProblem } from '@/lib/collection/lines/line-view'
import { AddStepMenu } from './add-step-menu'
import {
  addStep,
  foldStep,
  insertStep,
  type LineDraft,
  moveStep,
  removeStep,
  replaceStep,
} from './line-draft'
import { StepCard } from './step-card'
import type { LineChoices } from './step-form-props'

type Props = {
  draft: LineDraft
  setDraft: Dispatch<SetStateAction<LineDraft>>
  choices: LineChoices
  problems: readonly LineProblem[]
  preview: LinePreview
  hasSample: boolean
  isReadOnly: boolean
}

/** The steps of a line in their order. */
export function StepList({ draft, setDraft, choices, problems, preview, hasSample, isReadOnly }: Props) {
  const { steps } = draft
  const [said, setSaid] = useState('')
  function move(at: number, by: 1 | -1) {
    setDraft((before) => moveStep(before, at, by))
    if (steps[at + by]) setSaid(`Step ${at + 1} is now step ${at + 1 + by}.`)
  }
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="sr-only">
        {said}
      </p>
      {steps.length > 1 && (
        <div className="flex gap-1.5">
          <Button size="sm" variant="quiet" onClick={() => setDraft((before) => foldAll(before, true))}>
            Fold all steps
          </Button>
          <Button size="sm" variant="quiet" onClick={() => setDraft((before) => foldAll(before, false))}>
            Unfold all steps
          </Button>
        </div>
      )}
      {steps.map((one, at) => (
        <StepCard
          key={one.key}
          draft={one}
          at={at}
          count={steps.length}
          attributes={preview.steps[at]?.columns.map(({ name }) => name) ?? draft.attributes}
          choices={choices}
          problems={problems}
          preview={hasSample ? preview.steps[at + 1] : undefined}
          hasSample={hasSample}
          isReadOnly={isReadOnly}
          onChange={(step) => setDraft((before) => replaceStep(before, at, step))}
          onMove={(by) => move(at, by)}
          onFold={(isFolded) => setDraft((before) => foldStep(before, at, isFolded))}
          onCopy={() => setDraft((before) => insertStep(before, at + 1, one.step))}
          onRemove={() => setDraft((before) => removeStep(before, at))}
        />
      ))}
      {!isReadOnly && (
        <div>
          <AddStepMenu onAdd={(kind) => setDraft((before) => addStep(before, before.steps.length, kind))} />
        </div>
      )}
    </div>
  )
}

const foldAll = (draft: LineDraft, isFolded: boolean): LineDraft => ({
  ...draft,
  steps: draft.steps.map((one) => ({ ...one, isFolded })),
})
