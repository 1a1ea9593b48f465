'use client'

import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { Textarea } from '@/components/ui/textarea'
import type { LineProblem, PreviewStep } from '@/lib/collection/lines/line-view'
import { problemsBelow } from './problems'
import { headerOf, type LineSample } from './sample'
import { type SampleActions, SamplePicker } from './sample-picker'
import { SampleRows } from './sample-rows'

type Props = {
  attributes: readonly string[]
  onAttributes: (attributes: readonly string[]) => void
  sample: LineSample | undefined
  onSample: (sample: LineSample | undefined) => void
  silos: readonly string[]
  actions: SampleActions
  problems: readonly LineProblem[]
  preview: PreviewStep | undefined
  isReadOnly: boolean
}

/** Where rows come from: the columns that files must have, and a sample of them. */
export function SourceCard(props: Props) {
  const { attributes, onAttributes, sample, problems, preview, isReadOnly } = props
  const id = useId()
  const own = problemsBelow(problems, 'source')
  return (
    <section aria-label="Source" className="rounded-lg border border-line bg-surface">
      <h2 className="px-3 py-2 font-semibold text-sm">Source</h2>
      <div className="flex flex-col gap-4 border-line border-t p-3">
        {!isReadOnly && (
          <SamplePicker
            sample={sample}
            silos={props.silos}
            actions={props.actions}
            onChoose={props.onSample}
          />
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-5 gap-y-3 xl:grid-cols-[minmax(0,27rem)_minmax(0,1fr)]">
          <fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-1">
            <legend className="sr-only">Source</legend>
            <label htmlFor={id} className="font-medium text-sm">
              Attributes
            </label>
            <Textarea
              id={id}
              rows={Math.min(10, Math.max(3, attributes.length + 1))}
              spellCheck={false}
              aria-describedby={`${id}-hint`}
              aria-invalid={own.length > 0 || undefined}
              className="literal"
              value={attributes.join('\n')}
              onChange={({ target }) => onAttributes(target.value === '' ? [] : target.value.split('\n'))}
            />
            {own.length > 0 && (
              <p className="text-danger text-xs">{own.map(({ message }) => message).join(' ')}</p>
            )}
            <p id={`${id}-hint`} className="text-quiet text-xs">
              Columns that a file must have, one a line. Files may have more; those without a header have
              exactly these.
            </p>
            {sample && !isReadOnly && (
              <div>
                <Button size="sm" onClick={() => onAttributes(headerOf(sample, attributes))}>
                  Take the sample’s columns
                </Button>
              </div>
            )}
          </fieldset>
          {preview && <SampleRows label="Sample" preview={preview} isSource />}
        </div>
      </div>
    </section>
  )
}
