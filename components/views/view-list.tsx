'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTrail } from '@/components/trail/trail-navigation'
import { joinClasses } from '@/components/ui/join-classes'
import { POPUP_ITEM_STYLE } from '@/components/ui/popup-style'
import type { SavedView } from '@/lib/views/read-views'
import { viewParams, wholeTrailParams } from './view-address'

type Props = { views: SavedView[]; openId: string | undefined }
type ListProps = Props & { isWholeTrail: boolean }

/** The views of a workspace as links: one's own, then those that others share. */
export function ViewList({ views, openId, isWholeTrail }: ListProps) {
  const own = views.filter(({ isOwn }) => isOwn)
  const shared = views.filter(({ isOwn }) => !isOwn)
  return (
    <div className="max-h-80 overflow-y-auto">
      <ViewLink to={wholeTrailParams()} isOpen={isWholeTrail}>
        The whole trail
      </ViewLink>
      <Group label="Your views" views={own} openId={openId} />
      <Group label="Shared by others" views={shared} openId={openId} />
    </div>
  )
}

function Group({ label, views, openId }: Props & { label: string }) {
  if (views.length === 0) return null
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-2 pb-0.5 text-faint text-xs">{label}</Base.GroupLabel>
      {views.map((view) => (
        <ViewLink key={view.id} to={viewParams(view)} isOpen={view.id === openId} note={noteOf(view)}>
          {view.name}
        </ViewLink>
      ))}
    </Base.Group>
  )
}

function noteOf({ isDefault, isWorkspaceDefault, isOwn, isShared, ownerName }: SavedView): string {
  const notes = [
    isDefault && 'opens first',
    isWorkspaceDefault && 'opens first for all',
    isOwn ? isShared && 'shared' : ownerName,
  ]
  return notes.filter(Boolean).join(', ')
}

type LinkProps = { to: URLSearchParams; isOpen: boolean; note?: string; children: ReactNode }

function ViewLink({ to, isOpen, note, children }: LinkProps) {
  const { href, follow } = useTrail()
  return (
    <Base.LinkItem
      href={href(to)}
      onClick={follow}
      closeOnClick
      aria-current={isOpen ? 'true' : undefined}
      className={joinClasses(POPUP_ITEM_STYLE, isOpen && 'font-medium')}
    >
      <Check aria-hidden className={joinClasses('size-4 shrink-0 text-accent', !isOpen && 'invisible')} />
      <span className="wrap-anywhere min-w-0 flex-1">
        {children}
        {note && <span className="block font-normal text-quiet text-xs">{note}</span>}
      </span>
    </Base.LinkItem>
  )
}
