'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { type ReactElement, type ReactNode, useState, useTransition } from 'react'
import { Button } from './button'
import { DIALOG_STYLE, SCRIM_STYLE } from './dialog-style'
import { Notice } from './notice'

/** What a form action answers, as far as a confirmation needs it. */
type Answer = { ok: boolean | null; message?: string }

type Props = {
  title: string
  children: ReactNode
  /** Names the act: "Revoke token", never "OK". */
  confirm: string
  /** The button that opens it; leave out where `open` decides. */
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  onConfirm: () => Promise<Answer>
}

/** Asks before an act that can't be taken back. Stays open, with the reason, when it fails. */
export function ConfirmDialog({ title, children, confirm, trigger, open, onOpenChange, onConfirm }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [pending, startTransition] = useTransition()

  function setOpen(next: boolean) {
    setIsOpen(next)
    onOpenChange?.(next)
  }

  function act() {
    startTransition(async () => {
      const answer = await onConfirm()
      if (answer.ok === false) setFailure(answer.message ?? 'It did not work. Try again.')
      else setOpen(false)
    })
  }

  return (
    <AlertDialog.Root
      open={open ?? isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={() => setFailure(undefined)}
    >
      {trigger && <AlertDialog.Trigger render={trigger} />}
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={SCRIM_STYLE} />
        <AlertDialog.Popup className={DIALOG_STYLE}>
          <div>
            <AlertDialog.Title className="wrap-anywhere font-semibold text-lg tracking-[-0.01em]">
              {title}
            </AlertDialog.Title>
            <AlertDialog.Description className="mt-1 text-quiet text-sm" render={<div />}>
              {children}
            </AlertDialog.Description>
          </div>
          {failure && <Notice kind="error">{failure}</Notice>}
          <div className="flex justify-end gap-2">
            <AlertDialog.Close render={<Button />}>Cancel</AlertDialog.Close>
            <Button variant="danger" disabled={pending} onClick={act}>
              {confirm}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
