'use client'

import { Download } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { ExportStatus } from '@/components/trail/export-status'
import { wallTimeToIso } from '@/components/trail/time-ranges'
import { useExport } from '@/components/trail/use-export'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { RadioOption } from '@/components/ui/radio-option'
import { Textarea } from '@/components/ui/textarea'
import { useTimeZone } from '@/components/ui/time-zone'

type Props = { slug: string; firstSeq: number; size: number }

/** A file for whoever doubts: a stretch of the trail, provably all of it, or the events of a time one by one. */
export function EvidenceForm({ slug, firstSeq, size }: Props) {
  const [isByTime, setIsByTime] = useState(false)
  const { state, start, cancel } = useExport(`/${slug}/trail`, 'evidence')
  const isRunning =
    state.kind === 'starting' || (state.kind === 'known' && state.progress.state === 'running')

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const params = new URLSearchParams()
    for (const name of ['from', 'to']) params.set(name, String(form.get(name) ?? ''))
    const since = sinceOf(String(form.get('since') ?? ''))
    if (since) params.set('since', since)
    start(`/${slug}/integrity/evidence/bundle`, params)
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <FieldGroup legend="Which events">
        <RadioOption
          label="A range of seqs"
          hint="Proves each event, and that none is missing."
          checked={!isByTime}
          onChange={() => setIsByTime(false)}
        />
        <RadioOption
          label="A range of time"
          hint="Proves each event that occurred then; not that there are no others."
          checked={isByTime}
          onChange={() => setIsByTime(true)}
        />
      </FieldGroup>
      <div className="grid gap-3 sm:grid-cols-2">
        {isByTime ? (
          <>
            <MomentField name="from" label="From" />
            <MomentField name="to" label="Up to, not including" />
          </>
        ) : (
          <>
            <SeqField name="from" label="From seq" min={firstSeq} max={size - 1} value={firstSeq} />
            <SeqField name="to" label="Up to, not including" min={firstSeq + 1} max={size} value={size} />
          </>
        )}
      </div>
      <Field
        label="Since a checkpoint that you kept"
        optional
        hint="Its text, or its number of events where it is among the kept ones below. The file then proves that nothing before it was rewritten."
      >
        {(control) => (
          <Textarea
            {...control}
            name="since"
            rows={1}
            spellCheck={false}
            className="literal whitespace-pre"
          />
        )}
      </Field>
      <div aria-live="polite" className="flex flex-col gap-3 empty:-mt-3">
        {state.kind === 'refused' && (
          <Notice kind="error" title="No file was sent">
            {state.message}
          </Notice>
        )}
        {state.kind !== 'none' && state.kind !== 'refused' && (
          <ExportStatus state={state} onCancel={cancel} />
        )}
      </div>
      <div>
        <Button type="submit" variant="primary" disabled={size === firstSeq || isRunning}>
          <Download aria-hidden />
          Download evidence
        </Button>
      </div>
    </form>
  )
}

/** A size as it is; a note as it was signed, which its line ends belong to. */
function sinceOf(text: string): string {
  const kept = text.trim().replaceAll('\r\n', '\n')
  return kept === '' || /^\d+$/.test(kept) ? kept : `${kept}\n`
}

type SeqProps = { name: string; label: string; min: number; max: number; value: number }

function SeqField({ name, label, min, max, value }: SeqProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          key={name}
          name={name}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          required
          defaultValue={value}
        />
      )}
    </Field>
  )
}

/** A time of the reader's zone, sent as what it is in all. */
function MomentField({ name, label }: { name: string; label: string }) {
  const timeZone = useTimeZone()
  const [wallTime, setWallTime] = useState('')
  return (
    <Field label={label} hint={`In ${timeZone}.`}>
      {(control) => (
        <>
          <Input
            {...control}
            type="datetime-local"
            step={1}
            required
            value={wallTime}
            onChange={({ target }) => setWallTime(target.value)}
          />
          <input type="hidden" name={name} value={wallTimeToIso(wallTime, timeZone)} />
        </>
      )}
    </Field>
  )
}
