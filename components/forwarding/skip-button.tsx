'use client'

import { SkipForward } from 'lucide-react'
import { useState } from 'react'
import { ActDialog } from '@/components/form/act-dialog'
import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { ReasonField } from '@/components/integrity/reason-field'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { RadioOption } from '@/components/ui/radio-option'
import type { FormAction } from '@/lib/errors/form-state'
import { type BacklogSummary, waitingWords } from './destination-summary'
import { toFormData } from './field-values'
import { useAnswer } from './use-answer'

type Count = Pick<BacklogSummary, 'events' | 'isCapped'>

type Props = {
  id: string
  backlog: BacklogSummary
  skip: FormAction<void>
  /** How many events a choice would leave out. */
  preview: FormAction<Count>
}

/** Leaves waiting events out, with a record of which and why. */
export function SkipButton({ id, backlog, skip, preview }: Props) {
  return (
    <ActDialog
      title="Skip waiting events?"
      description="What is skipped is not sent. It stays in the trail, and the skip is recorded with its reason."
      trigger={
        <Button disabled={backlog.events === 0}>
          <SkipForward aria-hidden />
          Skip …
        </Button>
      }
      confirm="Skip events"
      pendingLabel="Skipping …"
      isDanger
      action={skip}
      done={() => 'The events were skipped'}
    >
      {({ errors, values }) => (
        <>
          <SkipFields id={id} backlog={backlog} preview={preview} error={errors.throughSeq} />
          <ReasonField error={errors.reason} value={values.reason} />
        </>
      )}
    </ActDialog>
  )
}

function SkipFields({ id, backlog, preview, error }: Omit<Props, 'skip'> & { error: string | undefined }) {
  const [isPart, setIsPart] = useState(false)
  const [through, setThrough] = useState('')
  return (
    <>
      <input type="hidden" name="id" value={id} />
      <FieldGroup legend="Which events">
        <RadioOption
          name="$part"
          checked={!isPart}
          onChange={() => setIsPart(false)}
          label="All that wait now"
          hint={`${waitingWords(backlog)}. What arrives after this is sent.`}
        />
        <RadioOption
          name="$part"
          checked={isPart}
          onChange={() => setIsPart(true)}
          label="Those up to an event"
        />
      </FieldGroup>
      {isPart && (
        <Field
          label="Last number to skip"
          error={error}
          hint={
            /^\d+$/.test(through) ? (
              <SkipCount form={toFormData({ id, throughSeq: through })} preview={preview} />
            ) : (
              'As the list of unsent events shows it.'
            )
          }
        >
          {(control) => (
            <Input
              {...control}
              name="throughSeq"
              inputMode="numeric"
              autoComplete="off"
              className="max-w-40"
              value={through}
              onChange={({ target }) => setThrough(target.value)}
            />
          )}
        </Field>
      )}
    </>
  )
}

function SkipCount({ form, preview }: { form: FormData; preview: FormAction<Count> }) {
  const { answer, isOutdated } = useAnswer(preview, form)
  if (isOutdated || !answer?.ok) return 'Counting …'
  const { events, isCapped } = answer.result
  return `That skips ${events.toLocaleString('en')}${isCapped ? ' or more' : ''} of the waiting events.`
}
