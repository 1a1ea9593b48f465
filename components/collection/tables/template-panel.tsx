'use client'

import { useState, useTransition } from 'react'
import { runJson } from '@/components/collection/drafts/run-json'
import type { LineSample } from '@/components/collection/lines/sample'
import { type SampleActions, SamplePicker } from '@/components/collection/lines/sample-picker'
import { Field } from '@/components/form/field'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import type { FormAction } from '@/lib/errors/form-state'

type Props = {
  kind: 'properties' | 'mapping'
  silos: readonly string[]
  companions: readonly { id: string; name: string }[]
  actions: SampleActions
  makeTemplate: FormAction<string>
  onMade: (csv: string) => void
}

/** What an event id is called in most logs. */
const USUAL_ID = /^(event_?)?(id|code|type)$/i

/** The header alone, or a row for each event id of a sample or of a table of event properties. */
export function TemplatePanel({ kind, silos, companions, actions, makeTemplate, onMade }: Props) {
  const [sample, setSample] = useState<LineSample>()
  const [attribute, setAttribute] = useState('')
  const [propertiesId, setPropertiesId] = useState('')
  const [failure, setFailure] = useState<string>()
  const [isPending, startTransition] = useTransition()
  const header = sample?.header ?? []

  function make() {
    startTransition(async () => {
      const answer = await runJson(makeTemplate, {
        kind,
        ...(sample && attribute && { sample: { header, rows: sample.rows }, attribute }),
        ...(propertiesId && { propertiesId }),
      })
      setFailure(answer.ok === false ? answer.message : undefined)
      if (answer.ok) onMade(answer.result)
    })
  }
  return (
    <Panel
      title="Begin with a template"
      description="Its header, with a row for each event id that is seen in a sample."
    >
      <div className="flex flex-col gap-3">
        {failure && <Notice kind="error">{failure}</Notice>}
        <SamplePicker
          sample={sample}
          blank="None yet. With one, there is a row for each event id in it."
          silos={silos}
          actions={actions}
          onChoose={(next) => {
            setSample(next)
            setAttribute(next?.header?.find((name) => USUAL_ID.test(name)) ?? '')
          }}
        />
        {header.length > 0 && (
          <Field label="Column with the event id" hint="Without one, no rows are made of the sample.">
            {(control) => (
              <Select
                {...control}
                className="max-w-80"
                value={attribute}
                onChange={({ target }) => setAttribute(target.value)}
              >
                <option value="">None</option>
                {header.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {kind === 'mapping' && companions.length > 0 && (
          <Field label="Event properties" hint="A row for each of its event ids, unless a sample gives them.">
            {(control) => (
              <Select
                {...control}
                className="max-w-80"
                value={propertiesId}
                onChange={({ target }) => setPropertiesId(target.value)}
              >
                <option value="">None</option>
                {companions.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <div>
          <Button disabled={isPending} onClick={make}>
            Make the template
          </Button>
        </div>
      </div>
    </Panel>
  )
}
