'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactElement, ReactNode, RefObject } from 'react'
import { DIALOG_STYLE, SCRIM_STYLE } from './dialog-style'

type Props = {
  title: string
  description?: ReactNode
  /** The button that opens it; leave out where `open` decides. */
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** What gets the focus once it is closed; leave out where that is the trigger. */
  finalFocus?: RefObject<HTMLElement | null>
  children: ReactNode
}

/** A form or an answer above the page; Escape and × close it, and the focus goes back to where it was. */
export function Dialog({ title, description, trigger, open, onOpenChange, finalFocus, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className={SCRIM_STYLE} />
        <Base.Popup className={DIALOG_STYLE} finalFocus={finalFocus}>
          <div className="pr-8">
            <Base.Title className="font-semibold text-lg tracking-[-0.01em]">{title}</Base.Title>
            {description && (
              <Base.Description className="mt-1 text-quiet text-sm" render={<div />}>
                {description}
              </Base.Description>
            )}
          </div>
          <Base.Close
            aria-label="Close"
            className="absolute top-4 right-4 grid size-7 place-items-center rounded-md text-quiet hover:bg-hover hover:text-ink pointer-coarse:size-10"
          >
            <X aria-hidden className="size-4" />
          </Base.Close>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
