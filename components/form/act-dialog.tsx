'use client'

import { type ReactElement, type ReactNode, startTransition, useActionState, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'
import { fieldsOf } from './fields-of'
import { useKeptFocus } from './use-kept-focus'

type Fields = ReturnType<typeof fieldsOf>

type Props<Result> = {
  title: string
  description: ReactNode
  trigger: ReactElement
  action: FormAction<Result>
  /** Names the act: "Rotate key", never "OK". */
  confirm: string
  pendingLabel: string
  isDanger?: boolean
  /** What the person has to type, so that nobody does it by mistake. */
  mustType?: string
  /** What is said once it is done. */
  done: (result: Result) => string
  children: (fields: Fields) => ReactNode
}

/** An act that asks for its reason, and perhaps to be typed by name, before it is done. */
export function ActDialog<Result>(props: Props<Result>) {
  const [isOpen, setIsOpen] = useState(false)
  const [opened, setOpened] = useState(0)
  function change(next: boolean) {
    setIsOpen(next)
    if (next) setOpened(opened + 1)
  }
  return (
    <Dialog
      title={props.title}
      description={props.description}
      trigger={props.trigger}
      open={isOpen}
      onOpenChange={change}
    >
      <ActForm key={opened} {...props} onDone={() => setIsOpen(false)} />
    </Dialog>
  )
}

function ActForm<Result>({
  action,
  confirm,
  pendingLabel,
  isDanger,
  mustType,
  done,
  children,
  onDone,
}: Props<Result> & { onDone: () => void }) {
  const [typed, setTyped] = useState('')
  const typedId = useId()
  const [state, send, isPending] = useActionState<FormState<Result>, FormData>(async (before, form) => {
    const answer = await action(before, form)
    if (answer.ok) {
      showToast(done(answer.result))
      onDone()
    }
    return answer
  }, BLANK_FORM)
  const button = useKeptFocus(isPending)
  const fields = fieldsOf(state)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        // Not as the form's action: after it React sets the fields back, and radios no longer show what is chosen.
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        startTransition(() => send(form))
      }}
      className="flex flex-col gap-4"
    >
      {fields.message && <Notice kind="error">{fields.message}</Notice>}
      {children(fields)}
      {mustType && (
        <div className="flex flex-col gap-1">
          <label htmlFor={typedId} className="text-sm">
            Type <strong className="wrap-anywhere">{mustType}</strong> to confirm
          </label>
          <Input
            id={typedId}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setTyped(target.value)}
          />
        </div>
      )}
      <div className="flex justify-end">
        <Button
          ref={button}
          type="submit"
          variant={isDanger ? 'danger' : 'primary'}
          disabled={isPending || (mustType !== undefined && typed.trim() !== mustType)}
        >
          {isPending ? pendingLabel : confirm}
        </Button>
      </div>
    </form>
  )
}
