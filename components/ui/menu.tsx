'use client'

import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { pageContainer } from './page-container'
import { POPUP_ITEM_STYLE, POPUP_STYLE } from './popup-style'

type Props = { trigger: ReactElement; header?: ReactNode; children: ReactNode; align?: 'start' | 'end' }

/** Acts behind one button. */
export function Menu({ trigger, header, children, align = 'end' }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal container={pageContainer}>
        <Base.Positioner align={align} sideOffset={6} className="z-50 outline-none">
          <Base.Popup className={`${POPUP_STYLE} min-w-52 max-w-80 p-1`}>
            {header && <div className="mb-1 border-line border-b px-2 py-1.5">{header}</div>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <Base.Item onClick={onSelect} className={POPUP_ITEM_STYLE}>
      {children}
    </Base.Item>
  )
}
