'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState, useTransition } from 'react'
import { keepFromSending } from '@/components/collection/drafts/keep-from-sending'
import { runJson, sendJson } from '@/components/collection/drafts/run-json'
import { useUnsavedWarning } from '@/components/collection/drafts/use-unsaved-warning'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { useIsReady } from '@/components/form/use-is-ready'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import type { LineDefinition } from '@/lib/collection/lines/definition'
import type { LinePreview, LineProblem } from '@/lib/collection/lines/line-view'
import { BLANK_FORM, type FormState } from '@/lib/errors/form-state'
import { type LineDraft, toDefinition, toDraft } from './line-draft'
import { LineProblems } from './line-problems'
import { PreviewEvents } from './preview-events'
import { headerOf, type LineSample } from './sample'
import type { SampleActions } from './sample-picker'
import { showProblem } from './show-problem'
import { SourceCard } from './source-card'
import type { LineChoices } from './step-form-props'
import { StepList } from './step-list'
import { STEP_TEXTS } from './step-texts'
import { TargetForm } from './target-form'
import { useLinePreview } from './use-line-preview'

/** All of them stand at their fields too. */
const MAX_OTHER_ERRORS = 5

type SavedLine = { id: string; version: number }

type Props = {
  /** Left out for a new one. */
  line?: { id: string; updatedAt: string }
  name: string
  note: string
  definition: LineDefinition
  sample: LineSample | undefined
  silos: readonly string[]
  choices: LineChoices
  actions: SampleActions
  isReadOnly: boolean
  /** Where lines stand; a saved one is below. */
  path: string
}

/** A line: source, steps, log target, each with the sample's rows beside it. */
export function LineEditor(props: Props) {
  const { line, choices, actions, silos, isReadOnly, path } = props
  const router = useRouter()
  const isReady = useIsReady()
  const page = useRef<HTMLFormElement>(null)
  const [isSaving, startSaving] = useTransition()
  const [answer, setAnswer] = useState<FormState<SavedLine>>(BLANK_FORM)
  const [draft, setDraft] = useState(() => toDraft(props, props.definition))
  const [sample, setSample] = useState(props.sample)
  const whole = JSON.stringify([draft.name, draft.note, toDefinition(draft)])
  const [saved, setSaved] = useState(whole)
  const isChanged = whole !== saved && !isReadOnly
  useUnsavedWarning(isChanged && !isSaving)
  const definition = toDefinition(draft)
  const { preview, failure, isOutdated } = useLinePreview(`${path}/acts/try`, {
    isOff: isReadOnly,
    id: line?.id,
    definition,
    sample,
  })
  const { problems } = preview
  const { errors, message } = fieldsOf(answer)
  const change = (part: Partial<LineDraft>) => setDraft((before) => ({ ...before, ...part }))
  const attributes = namesAfter(preview, draft.steps.length) ?? draft.attributes

  function save() {
    startSaving(async () => {
      const next = await runJson(sendJson<SavedLine>(`${path}/acts/${line ? 'update' : 'create'}`), {
        ...(line && { id: line.id, unchangedSince: line.updatedAt }),
        name: draft.name,
        note: draft.note,
        definition,
      })
      setAnswer(next)
      if (!next.ok) return page.current?.scrollIntoView({ block: 'start' })
      setSaved(whole)
      showToast(`Version ${next.result.version} of ${draft.name} is saved`)
      // Until the page knows when it was saved, the next save would count as somebody else's.
      startSaving(() => (line ? router.refresh() : router.push(`${path}/${next.result.id}`)))
    })
  }
  function jump(problem: LineProblem) {
    const at = problem.path[0] === 'steps' ? Number(problem.path[1]) : -1
    setDraft((before) => ({
      ...before,
      steps: before.steps.map((one, index) => (index === at ? { ...one, isFolded: false } : one)),
    }))
    const key = draft.steps[at]?.key
    requestAnimationFrame(() => showProblem(page.current, problem, key))
  }

  return (
    <form
      ref={page}
      noValidate
      className="flex flex-col gap-4"
      onKeyDown={keepFromSending}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {message && (
        <Notice kind="error" title={message}>
          {otherErrors(errors).map((detail) => (
            <p key={detail}>{detail}</p>
          ))}
        </Notice>
      )}
      <fieldset disabled={isReadOnly} className="grid max-w-4xl gap-3 sm:grid-cols-2">
        <legend className="sr-only">Name and note</legend>
        <Field label="Name" error={errors.name}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={100}
              value={draft.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </Field>
        <Field label="Note" optional error={errors.note}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={500}
              value={draft.note}
              onChange={({ target }) => change({ note: target.value })}
            />
          )}
        </Field>
      </fieldset>
      <LineProblems
        problems={problems}
        stepLabels={draft.steps.map(({ step }) => STEP_TEXTS[step.kind].label)}
        onJump={jump}
      />
      {failure && <Notice kind="warning">{failure}</Notice>}
      <SourceCard
        attributes={draft.attributes}
        onAttributes={(next) => change({ attributes: next })}
        sample={sample}
        onSample={(next) => {
          setSample(next)
          // A line that names no column yet is made for this sample.
          if (next && draft.attributes.length === 0) change({ attributes: headerOf(next, []) })
        }}
        silos={silos}
        actions={actions}
        problems={problems}
        preview={sample && preview.steps[0]}
        isReadOnly={isReadOnly}
      />
      <StepList
        draft={draft}
        setDraft={setDraft}
        choices={choices}
        problems={problems}
        preview={preview}
        hasSample={sample !== undefined}
        isReadOnly={isReadOnly}
      />
      <section aria-label="Log target" className="rounded-lg border border-line bg-surface">
        <h2 className="px-3 py-2 font-semibold text-sm">Log target</h2>
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-5 gap-y-4 border-line border-t p-3 xl:grid-cols-2">
          <TargetForm
            target={draft.target}
            attributes={attributes}
            problems={problems}
            isReadOnly={isReadOnly}
            onChange={(target) => change({ target })}
          />
          {sample && <PreviewEvents preview={preview} />}
        </div>
      </section>
      {!isReadOnly && (
        <div className="sticky bottom-0 z-4 -mx-4 flex flex-wrap items-center gap-2 border-line border-t bg-paper px-4 py-2.5 md:-mx-6 md:px-6">
          <Button type="submit" variant="primary" disabled={isSaving || !isReady || (line && !isChanged)}>
            {isSaving ? 'Saving …' : line ? 'Save changes' : 'Add line'}
          </Button>
          <LinkButton href={path}>{line ? 'Close' : 'Cancel'}</LinkButton>
          <span role="status" className="text-quiet text-sm">
            {isOutdated ? 'Being checked …' : isChanged && line ? 'Not saved yet.' : ''}
          </span>
        </div>
      )}
    </form>
  )
}

/** The attributes of rows after so many steps, as far as the preview came. */
function namesAfter({ steps }: LinePreview, count: number): string[] | undefined {
  return steps[count]?.columns.map(({ name }) => name)
}

/** What is wrong beside the fields that say so themselves. */
function otherErrors(errors: Record<string, string | undefined>): string[] {
  const others = Object.entries(errors).filter(([place]) => !['', 'name', 'note'].includes(place))
  return [...new Set(others.flatMap(([, detail]) => detail ?? []))].slice(0, MAX_OTHER_ERRORS)
}
