'use client'

import { useActionState, useState } from 'react'
import { fieldsOf } from '@/components/form/fields-of'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { visibleText } from '@/components/ui/visible-text'
import type { ErasableValue } from '@/lib/erasure/list-slots'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import { chosenPointers } from './chosen-pointers'
import { ErasureReason } from './erasure-reason'
import { ValueList } from './value-list'

type Props = {
  eventId: string
  seq: number
  values: ErasableValue[]
  eventHref: string
  action: FormAction<never>
}

/** Which values of an event go, and what of it then stays provable. */
export function EraseValuesForm({ eventId, seq, values, eventHref, action }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState<FormData>()
  const [state, send] = useActionState<FormState<never>, FormData>(action, BLANK_FORM)
  const { message, errors, values: sent } = fieldsOf(state)
  const erasable = values.filter(({ canErase }) => canErase)

  function choose(pointers: readonly string[], isOn: boolean) {
    const next = new Set(chosen)
    for (const pointer of pointers) {
      if (isOn) next.add(pointer)
      else next.delete(pointer)
    }
    setChosen(next)
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(new FormData(event.currentTarget))
      }}
      className="flex max-w-3xl flex-col gap-4"
    >
      {message && <Notice kind="error">{errors.pointers ?? message}</Notice>}
      <input type="hidden" name="eventId" value={eventId} />
      {chosenPointers(values, chosen).map((pointer) => (
        <input key={pointer} type="hidden" name="pointers[]" value={pointer} />
      ))}
      <Panel
        title="Values"
        actions={
          <Button
            size="sm"
            onClick={() =>
              setChosen(
                new Set(chosen.size === erasable.length ? [] : erasable.map(({ pointer }) => pointer)),
              )
            }
          >
            {chosen.size === erasable.length && chosen.size > 0 ? 'Choose none' : 'Choose all'}
          </Button>
        }
      >
        <ValueList values={values} chosen={chosen} onChoose={choose} />
      </Panel>
      <Panel title="What is left">
        <p className="mb-4 text-sm">
          {chosen.size === 0
            ? 'Nothing is chosen yet.'
            : `${chosen.size} of ${values.length} values go for ever, from the trail and from every search. ` +
              `${values.length - chosen.size} stay, and stay provable: each erased one leaves a digest in its place, from which nobody can guess it. ` +
              'The event keeps its id, its place and its time.'}
        </p>
        <ErasureReason errors={errors} values={sent} />
        <p className="mt-4 text-pretty text-quiet text-xs">
          Copies that were forwarded or exported before are not here: erase them where they are.
        </p>
      </Panel>
      <div className="flex gap-2">
        <Button type="submit" variant="danger" disabled={chosen.size === 0}>
          Erase {chosen.size === 1 ? 'this value' : `${chosen.size} values`}
        </Button>
        <LinkButton href={eventHref}>Cancel</LinkButton>
      </div>
      <ConfirmDialog
        title={`Erase ${chosen.size === 1 ? 'one value' : `${chosen.size} values`} of event ${seq.toLocaleString('en')}?`}
        confirm={chosen.size === 1 ? 'Erase this value' : `Erase ${chosen.size} values`}
        open={asked !== undefined}
        onOpenChange={(open) => !open && setAsked(undefined)}
        onConfirm={async () => {
          if (asked) send(asked)
          return { ok: true }
        }}
      >
        <p>
          This cannot be undone, by nobody. An event that says so, without the values, goes into the trail.
        </p>
        <ul className="mt-2 max-h-40 overflow-y-auto">
          {[...chosen].map((pointer) => (
            <li key={pointer}>
              <code className="literal wrap-anywhere">{visibleText(pointer)}</code>
            </li>
          ))}
        </ul>
      </ConfirmDialog>
    </form>
  )
}
