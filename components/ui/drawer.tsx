'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { SCRIM_STYLE } from './dialog-style'

type Props = { title: string; trigger: ReactElement; children: ReactNode }

/** A side of the page that a narrow window has no room for. */
export function Drawer({ title, trigger, children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Backdrop className={SCRIM_STYLE} />
        <Base.Popup className="fixed inset-y-0 left-0 z-50 w-80 max-w-[85vw] overflow-y-auto overscroll-contain bg-raised p-4 text-ink shadow-pop outline-none transition-transform duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <div className="mb-2 flex items-center justify-between gap-2">
            <Base.Title className="font-semibold text-lg tracking-[-0.01em]">{title}</Base.Title>
            <Base.Close
              aria-label="Close"
              className="grid size-7 place-items-center rounded-md text-quiet hover:bg-hover hover:text-ink pointer-coarse:size-10"
            >
              <X aria-hidden className="size-4" />
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
