'use client'

import { useTransition } from 'react'
import { runJson } from '@/components/collection/drafts/run-json'
import { Field } from '@/components/form/field'
import { Select } from '@/components/ui/select'
import { showToast } from '@/components/ui/toast'
import type { FormAction } from '@/lib/errors/form-state'
import type { Companion } from './use-table-check'

type Props = {
  companions: readonly { id: string; name: string }[]
  chosen: Companion | undefined
  load: FormAction<Companion>
  onChoose: (companion: Companion | undefined) => void
}

/** Which event properties a mapping is checked against while it is written. */
export function CompanionSelect({ companions, chosen, load, onChoose }: Props) {
  const [isPending, startTransition] = useTransition()
  function choose(id: string) {
    if (id === '') return onChoose(undefined)
    startTransition(async () => {
      const answer = await runJson(load, { id })
      if (answer.ok) onChoose(answer.result)
      else if (answer.ok === false) showToast(answer.message)
    })
  }
  return (
    <div className="max-w-md">
      <Field
        label="Checked with the event properties"
        hint="Whose events and names of properties the cells are compared with while you write. A line says which ones it uses."
      >
        {(control) => (
          <Select
            {...control}
            value={chosen?.id ?? ''}
            disabled={isPending}
            onChange={({ target }) => choose(target.value)}
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
    </div>
  )
}
