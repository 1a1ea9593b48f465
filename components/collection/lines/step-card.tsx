'use client'

import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Copy, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useId } from 'react'
import { Badge } from '@/components/ui/badge'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import type { Step } from '@/lib/collection/lines/definition'
import type { LineProblem, PreviewStep } from '@/lib/collection/lines/line-view'
import type { DraftStep } from './line-draft'
import { problemAt, problemsBelow } from './problems'
import { SampleRows } from './sample-rows'
import { StepForm } from './step-form'
import type { LineChoices } from './step-form-props'
import { STEP_TEXTS } from './step-texts'

type Props = {
  draft: DraftStep
  at: number
  count: number
  attributes: readonly string[]
  choices: LineChoices
  problems: readonly LineProblem[]
  preview: PreviewStep | undefined
  hasSample: boolean
  isReadOnly: boolean
  onChange: (step: Step) => void
  onMove: (by: 1 | -1) => void
  onFold: (isFolded: boolean) => void
  onCopy: () => void
  onRemove: () => void
}

/** A step: its form, and beside it the sample as it is after it. */
export function StepCard(props: Props) {
  const { draft, at, count, attributes, choices, problems, preview, hasSample, isReadOnly } = props
  const { step, isFolded } = draft
  const { label, summary } = STEP_TEXTS[step.kind]
  const title = `Step ${at + 1}: ${label}`
  const bodyId = useId()
  const own = problemsBelow(problems, 'steps', at)
  const whole = problemAt(problems, 'steps', at)

  /** As in lists of many programs: Alt and an arrow take the step along. */
  function press(event: KeyboardEvent) {
    if (!event.altKey || isReadOnly || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    props.onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <section
      aria-label={title}
      data-step={draft.key}
      className="rounded-lg border border-line bg-surface"
      onKeyDown={press}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-2 py-1.5">
        <IconButton
          label={isFolded ? `Unfold step ${at + 1}` : `Fold step ${at + 1}`}
          aria-expanded={!isFolded}
          aria-controls={bodyId}
          onClick={() => props.onFold(!isFolded)}
        >
          {isFolded ? <ChevronRight aria-hidden /> : <ChevronDown aria-hidden />}
        </IconButton>
        <h2 className="font-semibold text-sm">{title}</h2>
        {own.length > 0 && (
          <Badge tone={own.every(({ isWarning }) => isWarning) ? 'warning' : 'danger'}>
            {own.length === 1 ? '1 problem' : `${own.length} problems`}
          </Badge>
        )}
        <span className="min-w-0 flex-1 truncate text-quiet text-sm">{step.note || summary}</span>
        {!isReadOnly && (
          <span className="flex">
            <IconButton label={`Move step ${at + 1} up`} disabled={at === 0} onClick={() => props.onMove(-1)}>
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton
              label={`Move step ${at + 1} down`}
              disabled={at === count - 1}
              onClick={() => props.onMove(1)}
            >
              <ArrowDown aria-hidden />
            </IconButton>
            <IconButton label={`Duplicate step ${at + 1}`} onClick={props.onCopy}>
              <Copy aria-hidden />
            </IconButton>
            <IconButton label={`Remove step ${at + 1}`} onClick={props.onRemove}>
              <Trash2 aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
      {!isFolded && (
        <div
          id={bodyId}
          className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-5 gap-y-3 border-line border-t p-3 xl:grid-cols-[minmax(0,27rem)_minmax(0,1fr)]"
        >
          <fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-3">
            <legend className="sr-only">{title}</legend>
            {whole && (
              <p role="alert" className="text-danger text-sm">
                {whole}
              </p>
            )}
            <StepForm
              step={step}
              attributes={attributes}
              choices={choices}
              errorAt={(...path) => problemAt(problems, 'steps', at, ...path)}
              onChange={props.onChange}
            />
            <Input
              aria-label={`Note of step ${at + 1}`}
              placeholder="Note: why it is here"
              autoComplete="off"
              maxLength={500}
              value={step.note}
              onChange={({ target }) => props.onChange({ ...step, note: target.value })}
            />
          </fieldset>
          {preview ? (
            <SampleRows label={`Sample after step ${at + 1}`} preview={preview} />
          ) : (
            <p className="text-quiet text-sm">
              {hasSample
                ? 'Rows are shown once this step and those before it have no problem.'
                : !isReadOnly && 'Choose a sample above to see rows after this step.'}
            </p>
          )}
        </div>
      )}
    </section>
  )
}
