'use client'

import type { FormEvent } from 'react'
import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Notice } from '@/components/ui/notice'
import { RadioOption } from '@/components/ui/radio-option'
import { Select } from '@/components/ui/select'

type Props = {
  query: string
  refusal: string | undefined
  onStart: (params: URLSearchParams) => void
  /** The same events with their proofs. */
  onEvidence: () => void
  /** Whether the workspace has a ledger that names could come from. */
  hasLedger: boolean
}

const FORMATS = [
  {
    value: 'csv',
    label: 'CSV',
    hint: 'For spreadsheets. Cells that would run as formulas are made harmless.',
  },
  { value: 'ndjson', label: 'NDJSON', hint: 'One whole event a line: for programs.' },
  { value: 'json', label: 'JSON', hint: 'One array of whole events.' },
]

/** How to write the events down. */
export function ExportForm({ query, refusal, onStart, onEvidence, hasLedger }: Props) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const params = new URLSearchParams(query)
    for (const [name, value] of new FormData(event.currentTarget)) params.set(name, String(value))
    onStart(params)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {refusal && (
        <Notice kind="error" title="The export did not start">
          {refusal}
        </Notice>
      )}
      <FieldGroup legend="Format">
        {FORMATS.map(({ value, label, hint }) => (
          <RadioOption
            key={value}
            name="format"
            value={value}
            label={label}
            hint={hint}
            defaultChecked={value === 'csv'}
          />
        ))}
      </FieldGroup>
      <Field label="Names" hint="The 47 names are those of a collection line’s log target.">
        {(control) => (
          <Select {...control} name="fields" defaultValue="native">
            <option value="native">As in the trail</option>
            <option value="target">The 47 collection names</option>
          </Select>
        )}
      </Field>
      <Field label="Order">
        {(control) => (
          <Select {...control} name="order" defaultValue="asc">
            <option value="asc">Oldest first</option>
            <option value="desc">Newest first</option>
          </Select>
        )}
      </Field>
      {hasLedger && (
        <Checkbox
          name="matched"
          value="true"
          label="With the names of the ledger"
          hint="Beside what each event says: whom it was matched with, and by which rule."
        />
      )}
      <p className="text-quiet text-xs">
        For whoever must be convinced:{' '}
        <button
          type="button"
          onClick={onEvidence}
          className="cursor-pointer rounded-sm text-ink underline underline-offset-3"
        >
          the same as an evidence bundle
        </button>
        , each event with its proof.
      </p>
      <div className="flex items-center justify-between gap-3">
        <p className="text-quiet text-xs">An export is itself recorded in the trail.</p>
        <Button type="submit" variant="primary">
          Download
        </Button>
      </div>
    </form>
  )
}
