'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { pageContainer } from './page-container'
import { POPUP_STYLE } from './popup-style'

type Props = {
  label: string
  trigger: ReactElement
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}

/** Content behind one button, beside the page and not above it: Escape or a click elsewhere closes it. */
export function Popover({ label, trigger, open, onOpenChange, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={pageContainer}>
        <Base.Positioner align="end" sideOffset={6} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup
            aria-label={label}
            className={`${POPUP_STYLE} w-[26rem] max-w-[calc(100vw-1rem)] overflow-hidden`}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
