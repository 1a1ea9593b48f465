'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useRef, useState, useTransition } from 'react'
import { keepFromSending } from '@/components/collection/drafts/keep-from-sending'
import { runJson, sendJson } from '@/components/collection/drafts/run-json'
import { useUnsavedWarning } from '@/components/collection/drafts/use-unsaved-warning'
import { problemAt } from '@/components/collection/lines/problems'
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
import { showToast } from '@/components/ui/toast'
import { BLANK_FORM, type FormState } from '@/lib/errors/form-state'
import { MAX_ENTRIES, type PolicyEntry } from '@/lib/ledger/policies/definition'
import { EntryRow } from './entry-row'
import {
  addEntry,
  moveEntry,
  type PolicyDraft,
  type RuleChoice,
  removeEntry,
  replaceEntry,
  toDraft,
  toEntries,
} from './policy-draft'

/** The usual ways to show what was found; any attribute can stand in the braces. */
const TEMPLATES = [
  '{display_name}',
  '{identity|display_name}',
  '{identity|display_name} ({organisation})',
  '{display_name} ({repository})',
  '{key}',
]

type SavedPolicy = { id: string; version: number }

type Props = {
  /** Left out for a new one. */
  policy?: { id: string; updatedAt: string }
  name: string
  note: string
  entries: PolicyEntry[]
  rules: readonly RuleChoice[]
  isReadOnly: boolean
  slug: string
}

/** A policy as a list in its order, and beside it the whole way that a name takes through it. */
export function PolicyEditor(props: Props) {
  const { policy, rules, isReadOnly, slug } = props
  const router = useRouter()
  const page = useRef<HTMLFormElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const listId = useId()
  const [isSaving, startSaving] = useTransition()
  const [answer, setAnswer] = useState<FormState<SavedPolicy>>(BLANK_FORM)
  const [draft, setDraft] = useState<PolicyDraft>(() => toDraft(props))
  const [values, setValues] = useState<TestValues>(BLANK_VALUES)
  const [said, setSaid] = useState('')
  const entries = toEntries(draft)
  const whole = JSON.stringify([draft.name, draft.note, entries])
  const [saved, setSaved] = useState(whole)
  const isChanged = whole !== saved && !isReadOnly
  useUnsavedWarning(isChanged && !isSaving)
  const path = `/${slug}/ledger/policies`
  const lookedFor = hasValue(values) ? toAsked(values) : undefined
  const { tested, failure, isOutdated } = useTestedMatch(
    `/${slug}/ledger/test/acts/${isReadOnly ? 'match' : 'policy'}`,
    isReadOnly ? lookedFor && { ...lookedFor, entries } : { entries, said: lookedFor },
  )
  const problems = isReadOnly ? [] : tested.problems
  const { errors, message } = fieldsOf(answer)
  const change = (part: Partial<PolicyDraft>) => setDraft((before) => ({ ...before, ...part }))

  function save() {
    startSaving(async () => {
      const next = await runJson(sendJson<SavedPolicy>(`${path}/acts/${policy ? 'update' : 'create'}`), {
        ...(policy && { id: policy.id, unchangedSince: policy.updatedAt }),
        name: draft.name,
        note: draft.note,
        entries,
      })
      setAnswer(next)
      if (!next.ok) return page.current?.scrollIntoView({ block: 'start' })
      setSaved(whole)
      showToast(`Version ${next.result.version} of ${draft.name} is saved`)
      // Until the page knows when it was saved, the next save would count as somebody else's.
      startSaving(() => (policy ? router.refresh() : router.push(`${path}/${next.result.id}`)))
    })
  }
  function move(at: number, by: 1 | -1) {
    if (!draft.entries[at + by]) return
    const focused = document.activeElement
    setDraft((before) => moveEntry(before, at, by))
    setSaid(`Entry ${at + 1} is now entry ${at + 1 + by}.`)
    // What had the focus moves with its entry; a button that leads no further hands it to its neighbour.
    requestAnimationFrame(() => {
      if (!(focused instanceof HTMLElement)) return
      const buttons = [...(list.current?.children[at + by]?.querySelectorAll('button') ?? [])]
      const isLost = focused instanceof HTMLButtonElement && focused.disabled
      const target = isLost ? buttons.find(({ disabled }) => !disabled) : focused
      target?.focus()
    })
  }

  const ofList = problemAt(problems, 'entries')
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
      <p role="status" className="sr-only">
        {said}
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <fieldset disabled={isReadOnly} className="grid gap-3 sm:grid-cols-2">
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
          <section aria-label="Entries" className="rounded-lg border border-line bg-surface">
            <div className="flex min-h-10 flex-wrap items-center gap-2 px-3 py-1.5">
              <h2 className="font-semibold text-sm">In this order; the first that finds something wins</h2>
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
            <p
              aria-hidden
              className={`ml-7 grid-cols-[11rem_minmax(0,1fr)_minmax(0,1fr)] gap-x-2 px-3 pb-1 text-quiet text-xs max-lg:hidden lg:grid ${isReadOnly ? '' : 'mr-23'}`}
            >
              <span>What of the event</span>
              <span>Found by</span>
              <span>Shown as</span>
            </p>
            <datalist id={listId}>
              {TEMPLATES.map((template) => (
                <option key={template} value={template} />
              ))}
            </datalist>
            <ol ref={list} className="divide-y divide-line border-line border-t">
              {draft.entries.map((one, at) => (
                <EntryRow
                  key={one.key}
                  entry={one}
                  at={at}
                  count={draft.entries.length}
                  rules={rules}
                  preview={tested.previews?.[at] ?? null}
                  isReadOnly={isReadOnly}
                  slug={slug}
                  listId={listId}
                  errorAt={(member) =>
                    problemAt(problems, 'entries', at, ...(member === undefined ? [] : [member]))
                  }
                  onChange={(next) => setDraft((before) => replaceEntry(before, at, next))}
                  onMove={(by) => move(at, by)}
                  onRemove={() => setDraft((before) => removeEntry(before, at))}
                />
              ))}
            </ol>
            {!isReadOnly && draft.entries.length < MAX_ENTRIES && (
              <div className="border-line border-t px-3 py-2">
                <Button size="sm" onClick={() => setDraft(addEntry)}>
                  <Plus aria-hidden />
                  Add entry
                </Button>
              </div>
            )}
          </section>
        </div>
        <div className="min-w-0 xl:sticky xl:top-4">
          <TestBox
            values={values}
            onValues={(part) => setValues((before) => ({ ...before, ...part }))}
            tested={tested}
            failure={failure}
            isOutdated={isOutdated}
            slug={slug}
            isPolicy
          />
        </div>
      </div>
      {!isReadOnly && (
        <SaveBar
          what="policy"
          isNew={!policy}
          isChanged={isChanged}
          isSaving={isSaving}
          closeHref={path}
          isBeingChecked={isOutdated}
        />
      )}
    </form>
  )
}

/** What is wrong beside the fields that say so themselves. */
function othersOf(errors: Record<string, string | undefined>): string[] {
  const others = Object.entries(errors).filter(([name]) => !['', 'name', 'note'].includes(name))
  return [...new Set(others.flatMap(([, detail]) => detail ?? []))]
}
