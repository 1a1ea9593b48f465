'use client'

import { Keyboard } from 'lucide-react'
import { useEffect, useState } from 'react'
import { keysAreTaken } from '@/components/layout/keys-are-taken'
import { COPY_REFUSED, copyText } from '@/components/ui/copy-text'
import { Dialog } from '@/components/ui/dialog'
import { IconButton } from '@/components/ui/icon-button'
import { showToast } from '@/components/ui/toast'
import { SEARCH_ID } from './search-input'
import { TABLE_ID } from './trail-table'

const KEYS: [keys: string[], what: string][] = [
  [['/'], 'Search'],
  [['j', 'k'], 'Next, previous event'],
  [['Enter'], 'Open the event; on a value: only events with it'],
  [['→', '←'], 'From the event to its values'],
  [['−'], 'On a value: only events without it'],
  [['x'], 'Copy the link of the event'],
  [['Esc'], 'Leave the search, or the event'],
  [['?'], 'This list'],
]

/** The keys of the page, and the list of them. */
export function TrailKeys() {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key === 'k' && (event.ctrlKey || event.metaKey)) return act(event, focusSearch)
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        keysAreTaken(event.target)
      )
        return
      if (event.key === '/') act(event, focusSearch)
      else if (event.key === 'j') act(event, () => moveSelection(1))
      else if (event.key === 'k') act(event, () => moveSelection(-1))
      else if (event.key === 'x') void copyLink()
      else if (event.key === 'Escape') selectedRow()?.blur()
      else if (event.key === '?') act(event, () => setOpen(true))
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])

  return (
    <>
      <IconButton label="Keyboard shortcuts" onClick={() => setOpen(true)} className="pointer-coarse:hidden">
        <Keyboard aria-hidden />
      </IconButton>
      <Dialog title="Keyboard shortcuts" open={open} onOpenChange={setOpen}>
        <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2 text-sm">
          {KEYS.map(([keys, what]) => (
            <div key={what} className="contents">
              <dt className="flex gap-1">
                {keys.map((key) => (
                  <kbd
                    key={key}
                    className="min-w-6 rounded-sm border border-line bg-sunken px-1.5 py-0.5 text-center font-sans text-xs"
                  >
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  )
}

function act(event: KeyboardEvent, what: () => void): void {
  event.preventDefault()
  what()
}

function focusSearch(): void {
  const input = document.getElementById(SEARCH_ID)
  if (input instanceof HTMLInputElement) input.select()
}

const rowLinks = () => [...document.querySelectorAll<HTMLAnchorElement>(`#${TABLE_ID} [data-row-link]`)]

/** The link of the row in which the focus stands. */
function selectedRow(): HTMLAnchorElement | undefined {
  return rowLinks().find((link) => link.closest('tr')?.contains(document.activeElement))
}

function moveSelection(step: number): void {
  const links = rowLinks()
  const selected = selectedRow()
  const next = selected ? links[links.indexOf(selected) + step] : links[0]
  next?.focus()
}

async function copyLink(): Promise<void> {
  const link = selectedRow()
  if (!link) return
  showToast((await copyText(link.href)) ? 'Link copied' : COPY_REFUSED)
}
