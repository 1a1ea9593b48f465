'use client'

import Link from 'next/link'
import { startTransition, useActionState, useEffect, useRef, useState } from 'react'
import { Field } from '@/components/form/field'
import { formMessage } from '@/components/forwarding/form-message'
import { SaveButtons } from '@/components/forwarding/save-buttons'
import type { PolicyOption } from '@/components/ledger/sources/policy-choice'
import { PolicySelect } from '@/components/ledger/sources/policy-select'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { TestedOrigin } from '@/lib/collection/silos/test-origin'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import { type DraftProps, OriginFields } from './origin-fields'
import { OriginTest } from './origin-test'
import { PatternField } from './pattern-field'
import { ReadingFields } from './reading-fields'
import { type EditedSilo, inputOf, type SiloDraft, toDraft } from './silo-draft'

/** Policies that match the names in its events, and the one that it has: an id, `default` or `none`. */
export type SiloMatching = { policies: readonly PolicyOption[]; value: string }

type Props = {
  /** Left out for a new one. */
  silo?: EditedSilo
  lines: readonly { id: string; name: string }[]
  /** The line that a new one begins with. */
  lineId?: string
  folders: readonly string[]
  /** Names of files that it has. */
  fileNames: readonly string[]
  actions: { save: FormAction<never>; test: FormAction<TestedOrigin> }
  cancelHref: string
  newLineHref: string
  /** Left out where there is no policy to choose from. */
  matching?: SiloMatching
}

/** A set of files, where they come from, and the line that collects them. */
export function SiloForm({
  silo,
  lines,
  lineId,
  folders,
  fileNames,
  actions,
  cancelHref,
  newLineHref,
  matching,
}: Props) {
  const [state, send, isPending] = useActionState<FormState<never>, FormData>(actions.save, BLANK_FORM)
  const form = useRef<HTMLFormElement>(null)
  // Held here, so that a refused form keeps what was entered, the secret included.
  const [draft, setDraft] = useState(() => toDraft(silo, lineId))
  const [policy, setPolicy] = useState(matching?.value ?? 'default')
  const onChange = (part: Partial<SiloDraft>) => setDraft((before) => ({ ...before, ...part }))
  const errors: Record<string, string | undefined> = state.ok === false ? state.errors : {}
  const whole = {
    ...inputOf(draft),
    ...(matching && policy !== matching.value && { policy }),
    ...(silo ? { silo: silo.name, unchangedSince: silo.updatedAt } : { name: draft.name }),
  }
  useEffect(() => {
    if (state.ok === false) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state])

  const shared: DraftProps = { draft, errors, onChange }
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const data = new FormData()
        data.set('input', JSON.stringify(whole))
        startTransition(() => send(data))
      }}
      className="flex max-w-2xl flex-col gap-5"
    >
      {state.ok === false && (
        <Notice kind="error">{formMessage(state.message, errors, shownNames(draft))}</Notice>
      )}
      {!silo && <NameField {...shared} />}
      <Field
        label="Line"
        error={errors.lineId}
        hint={
          <>
            How its rows become events. Without one, files wait.{' '}
            <Link href={newLineHref} className="rounded-sm text-accent underline underline-offset-3">
              New line
            </Link>
          </>
        }
      >
        {(control) => (
          <Select
            value={draft.lineId}
            onChange={({ target }) => onChange({ lineId: target.value })}
            {...control}
          >
            <option value="">none yet</option>
            {lines.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {matching && (
        <Field
          label="Logs-ledger matching policy"
          error={errors.policy}
          hint="How the names in its events are found in the ledger; another one matches its history again."
        >
          {(control) => (
            <PolicySelect
              value={policy}
              policies={matching.policies}
              onChange={({ target }) => setPolicy(target.value)}
              {...control}
            />
          )}
        </Field>
      )}
      <OriginFields {...shared} hasSecret={silo?.hasSecret ?? false} folders={folders} />
      {draft.kind !== 'upload' && <OriginTest draft={draft} silo={silo?.name} test={actions.test} />}
      <PatternField {...shared} names={fileNames} />
      <ReadingFields {...shared} />
      <Checkbox
        label="Collect at once"
        hint="Each file as soon as it arrives. Otherwise somebody runs the silo, or a plan does."
        checked={draft.collectsAtOnce}
        onChange={({ target }) => onChange({ collectsAtOnce: target.checked })}
      />
      <Field
        label="Keep files for … days"
        error={errors.keepDays}
        hint="After they were collected. What became of each row, and its events, stay; rows to be mended do too."
      >
        {(control) => (
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            className="max-w-32"
            value={draft.keepDays}
            onChange={({ target }) => onChange({ keepDays: target.value })}
            {...control}
          />
        )}
      </Field>
      <Field label="Note" optional error={errors.note}>
        {(control) => (
          <Textarea
            maxLength={500}
            rows={2}
            value={draft.note}
            onChange={({ target }) => onChange({ note: target.value })}
            {...control}
          />
        )}
      </Field>
      <SaveButtons
        label={silo ? 'Save changes' : 'Create silo'}
        isPending={isPending}
        cancelHref={cancelHref}
      />
    </form>
  )
}

function NameField({ draft, errors, onChange }: DraftProps) {
  return (
    <Field
      label="Name"
      error={errors.name}
      hint={
        <>
          It stays for ever: its events say they came from{' '}
          <span className="literal">silo:{draft.name || 'windows-security'}</span>.
        </>
      }
    >
      {(control) => (
        <Input
          className="literal max-w-72"
          placeholder="windows-security"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={draft.name}
          onChange={({ target }) => onChange({ name: target.value })}
          {...control}
        />
      )}
    </Field>
  )
}

const OWN = ['lineId', 'policy', 'origin/kind', 'pattern', 'keepDays', 'note', 'name']
const READING = ['reading/encoding', 'reading/delimiter', 'reading/quote', 'reading/header']
const S3 = ['bucket', 'region', 'endpoint', 'prefix', 'accessKeyId', 'secretAccessKey']

/** Errors at other places are told above the form. */
function shownNames({ kind }: SiloDraft): string[] {
  const ofOrigin = { upload: [], s3: S3, folder: ['path'] }[kind].map((name) => `origin/${name}`)
  return [...OWN, ...READING, ...ofOrigin]
}
