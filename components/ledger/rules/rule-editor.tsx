'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState, useTransition } from 'react'
import { keepFromSending } from '@/components/collection/drafts/keep-from-sending'
import { runJson, sendJson } from '@/components/collection/drafts/run-json'
import { useUnsavedWarning } from '@/components/collection/drafts/use-unsaved-warning'
import { problemAt, problemsBelow } from '@/components/collection/lines/problems'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { SaveBar } from '@/components/ledger/save-bar'
import { TestBox, TestLink } from '@/components/ledger/test-box/test-box'
import { BLANK_VALUES, hasValue, type TestValues, toAsked } from '@/components/ledger/test-box/test-values'
import { useTestedMatch } from '@/components/ledger/test-box/use-tested-match'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { showToast } from '@/components/ui/toast'
import { BLANK_FORM, type FormState } from '@/lib/errors/form-state'
import { ENTITY_LABELS, ENTITY_TYPES, type EntityType } from '@/lib/ledger/entity-types'
import { MAX_COMPARISONS } from '@/lib/ledger/rules/definition'
import { ComparisonRow } from './comparison-row'
import {
  addComparison,
  type EditedRule,
  type RuleDraft,
  removeComparison,
  replaceComparison,
  toDefinition,
  toDraft,
} from './rule-draft'

type SavedRule = { id: string; version: number }

type Props = EditedRule & {
  /** Left out for a new one. */
  rule?: { id: string; updatedAt: string }
  /** Attributes and links that the ledger has, by type. */
  known: Readonly<Partial<Record<EntityType, readonly string[]>>>
  isReadOnly: boolean
  slug: string
}

/** A rule as sentences, and beside it whom it finds. */
export function RuleEditor(props: Props) {
  const { rule, known, isReadOnly, slug } = props
  const router = useRouter()
  const page = useRef<HTMLFormElement>(null)
  const [isSaving, startSaving] = useTransition()
  const [answer, setAnswer] = useState<FormState<SavedRule>>(BLANK_FORM)
  const [draft, setDraft] = useState(() => toDraft(props))
  const [values, setValues] = useState<TestValues>(BLANK_VALUES)
  const definition = toDefinition(draft)
  const { entityType, comparisons } = draft
  const whole = JSON.stringify([draft.name, draft.note, entityType, definition])
  const [saved, setSaved] = useState(whole)
  const isChanged = whole !== saved && !isReadOnly
  useUnsavedWarning(isChanged && !isSaving)
  const path = `/${slug}/ledger/rules`
  const said = hasValue(values) ? toAsked(values) : undefined
  const tried = { entityType, definition }
  const { tested, failure, isOutdated } = useTestedMatch(
    `/${slug}/ledger/test/acts/${isReadOnly ? 'match' : 'rule'}`,
    isReadOnly ? said && { ...said, rule: tried } : { rule: tried, said },
  )
  const problems = isReadOnly ? [] : tested.problems
  const { errors, message } = fieldsOf(answer)
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }))

  function save() {
    startSaving(async () => {
      const next = await runJson(sendJson<SavedRule>(`${path}/acts/${rule ? 'update' : 'create'}`), {
        ...(rule ? { id: rule.id, unchangedSince: rule.updatedAt } : { entityType }),
        name: draft.name,
        note: draft.note,
        definition,
      })
      setAnswer(next)
      if (!next.ok) return page.current?.scrollIntoView({ block: 'start' })
      setSaved(whole)
      showToast(`Version ${next.result.version} of ${draft.name} is saved`)
      // Until the page knows when it was saved, the next save would count as somebody else's.
      startSaving(() => (rule ? router.refresh() : router.push(`${path}/${next.result.id}`)))
    })
  }

  const ofList = problemAt(problems, 'comparisons')
  const errorCount = problems.filter(({ isWarning }) => !isWarning).length
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
          {othersOf(errors).map((detail) => (
            <p key={detail}>{detail}</p>
          ))}
        </Notice>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <fieldset disabled={isReadOnly} className="grid gap-3 sm:grid-cols-2">
            <legend className="sr-only">Name, note, and what it finds</legend>
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
            <Field
              label="Finds entities of type"
              error={errors.entityType}
              hint={rule && 'It stays: another type is another rule.'}
            >
              {(control) => (
                <Select
                  {...control}
                  disabled={rule !== undefined}
                  value={entityType}
                  onChange={({ target }) => {
                    const chosen = ENTITY_TYPES.find((type) => type === target.value)
                    if (chosen) change({ entityType: chosen })
                  }}
                >
                  {ENTITY_TYPES.map((type) => (
                    <option key={type} value={type}>
                      {ENTITY_LABELS[type].one}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <div className="sm:col-span-2">
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
            </div>
          </fieldset>
          <section aria-label="Comparisons" className="rounded-lg border border-line bg-surface">
            <div className="flex min-h-10 flex-wrap items-center gap-2 px-3 py-1.5">
              <h2 className="font-semibold text-sm">It finds an entity if all of this holds</h2>
              {problems.length > 0 && (
                <span role="status">
                  <Badge tone={errorCount > 0 ? 'danger' : 'warning'}>
                    {problems.length === 1 ? '1 problem' : `${problems.length} problems`}
                  </Badge>
                </span>
              )}
              <TestLink />
            </div>
            {ofList && <p className="wrap-anywhere px-3 pb-2 text-danger text-sm">{ofList}</p>}
            <ol className="border-line border-t">
              {comparisons.map((one, at) => (
                <ComparisonRow
                  key={one.key}
                  comparison={one}
                  at={at}
                  type={entityType}
                  known={known[entityType] ?? []}
                  isReadOnly={isReadOnly}
                  tryUrl={`/${slug}/ledger/test/acts/pattern`}
                  errorAt={(member) =>
                    member === undefined
                      ? problemAt(problems, 'comparisons', at)
                      : belowWords(problems, at, member)
                  }
                  onChange={(next) => setDraft((before) => replaceComparison(before, at, next))}
                  onRemove={() => setDraft((before) => removeComparison(before, at))}
                />
              ))}
            </ol>
            {!isReadOnly && comparisons.length < MAX_COMPARISONS && (
              <div className="border-line border-t px-3 py-2">
                <Button size="sm" onClick={() => setDraft(addComparison)}>
                  <Plus aria-hidden />
                  Add comparison
                </Button>
              </div>
            )}
          </section>
        </div>
        <div className="min-w-0 xl:sticky xl:top-4">
          <TestBox
            values={values}
            onValues={(part) => setValues((before) => ({ ...before, ...part }))}
            logEntities={['actor', entityType]}
            tested={tested}
            failure={failure}
            isOutdated={isOutdated}
            slug={slug}
            isPolicy={false}
          />
        </div>
      </div>
      {!isReadOnly && (
        <SaveBar
          what="rule"
          isNew={!rule}
          isChanged={isChanged}
          isSaving={isSaving}
          closeHref={path}
          isBeingChecked={isOutdated}
        />
      )}
    </form>
  )
}

const belowWords = (problems: Parameters<typeof problemsBelow>[0], at: number, member: string) =>
  problemsBelow(problems, 'comparisons', at, member)
    .map(({ message }) => message)
    .join(' ') || undefined

/** What is wrong beside the fields that say so themselves. */
function othersOf(errors: Record<string, string | undefined>): string[] {
  const others = Object.entries(errors).filter(([name]) => !['', 'name', 'note', 'entityType'].includes(name))
  return [...new Set(others.flatMap(([, detail]) => detail ?? []))]
}
