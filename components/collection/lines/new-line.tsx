'use client'

import { useState, useTransition } from 'react'
import { runJson, sendJson } from '@/components/collection/drafts/run-json'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import type { LineDefinition } from '@/lib/collection/lines/definition'
import type { STARTING_POINTS, StartingPoint } from '@/lib/collection/lines/starting-points'
import { LineEditor } from './line-editor'
import { headerOf, type LineSample } from './sample'
import { type SampleActions, SamplePicker } from './sample-picker'
import type { LineChoices } from './step-form-props'

type Props = {
  /** The line that it begins as. */
  original: { name: string; note: string; definition: LineDefinition } | undefined
  silos: readonly string[]
  choices: LineChoices
  startingPoints: typeof STARTING_POINTS
  actions: SampleActions
  path: string
}

/** A new line: first a sample and what to begin with, then the editor. */
export function NewLine({ original, silos, choices, startingPoints, actions, path }: Props) {
  const [sample, setSample] = useState<LineSample>()
  const [begun, setBegun] = useState(original?.definition)
  const [failure, setFailure] = useState<string>()
  const [isReading, setIsReading] = useState(false)
  const [isPending, startTransition] = useTransition()

  function begin(point: StartingPoint) {
    startTransition(async () => {
      const answer = await runJson(sendJson<LineDefinition>(`${path}/acts/start`), {
        point,
        header: sample ? headerOf(sample, []) : [],
        rows: sample?.rows ?? [],
      })
      setFailure(answer.ok === false ? answer.message : undefined)
      if (answer.ok) setBegun(answer.result)
    })
  }
  if (begun)
    return (
      <LineEditor
        name={original ? `${original.name} (copy)` : ''}
        note={original?.note ?? ''}
        definition={begun}
        sample={sample}
        silos={silos}
        choices={choices}
        actions={actions}
        isReadOnly={false}
        path={path}
      />
    )
  return (
    <div className="flex max-w-4xl flex-col gap-4" aria-busy={isPending || undefined}>
      {failure && <Notice kind="error">{failure}</Notice>}
      <Panel title="1. Rows to try it with" description="Optional, but then you see what each step does.">
        <SamplePicker
          sample={sample}
          silos={silos}
          actions={actions}
          onChoose={setSample}
          onReading={setIsReading}
        />
      </Panel>
      <Panel title="2. Begin with">
        <ul className="grid gap-3 sm:grid-cols-3">
          {startingPoints.map(({ name, title, description }) => (
            <li key={name}>
              <button
                type="button"
                disabled={isPending || isReading}
                onClick={() => begin(name)}
                className="flex h-full w-full flex-col items-start rounded-lg border border-line bg-surface p-4 text-left hover:border-edge disabled:opacity-55"
              >
                <span className="block font-semibold">{title}</span>
                <span className="mt-1 block text-quiet text-sm">{description}</span>
              </button>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}
