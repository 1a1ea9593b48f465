'use client'

import { Copy, ExternalLink, ListFilter, ListX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useState,
} from 'react'
import { COPY_REFUSED, copyText } from '@/components/ui/copy-text'
import { IconButton } from '@/components/ui/icon-button'
import { IconLink } from '@/components/ui/icon-link'
import { showToast } from '@/components/ui/toast'
import { visibleText } from '@/components/ui/visible-text'
import { useTrail } from './trail-navigation'
import { excluding, including, withValue } from './trail-url'
import { isPlainClick } from './use-trail-navigation'

type Value = { name: string; value: string; label: string; note?: string; openHref?: string }
type Spot = Value & { left: number; top: number }

/**
 * One handler and one popup for all values of the table: a click shows only events with a value, Alt and click
 * those without it; by keyboard Enter and minus; the popup has both as buttons, for fingers too.
 */
export function ValueActions({ children }: { children: ReactNode }) {
  const { params, go } = useTrail()
  const router = useRouter()
  const [spot, setSpot] = useState<Spot>()

  const choose = ({ name, value }: Pick<Spot, 'name' | 'value'>, side: typeof including) => {
    setSpot(undefined)
    go(withValue(params, name, side(value)))
  }

  function click(event: MouseEvent<HTMLElement>) {
    const link = (event.target as HTMLElement).closest('a')
    if (!link) return
    if (link.dataset.rowLink !== undefined) {
      if (!isPlainClick(event)) return
      event.preventDefault()
      return router.push(link.pathname + link.search)
    }
    const value = filterOf(link)
    if (!value) return
    if (event.altKey) {
      // Browsers would download the address.
      event.preventDefault()
      choose(value, excluding)
    } else if (isPlainClick(event)) {
      event.preventDefault()
      if (isTouch(event)) setSpot(spotOf(link))
      else choose(value, including)
    }
  }

  function press(event: KeyboardEvent<HTMLElement>) {
    if (event.key === 'Escape') return setSpot(undefined)
    const value = event.key === '-' && filterOf(event.target as HTMLElement)
    if (!value) return
    event.preventDefault()
    choose(value, excluding)
  }

  function point({ target, pointerType }: PointerEvent<HTMLElement>) {
    if (pointerType === 'touch' || (target as HTMLElement).closest('[data-value-actions]')) return
    const link = (target as HTMLElement).closest('a')
    // A column may be too narrow for its value.
    if (link?.dataset.value)
      link.title =
        [link.dataset.label, link.dataset.note].filter(Boolean).join('\n') || visibleText(link.dataset.value)
    setSpot(spotOf(link))
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what happens on links inside it
    <div
      className="relative"
      onClick={click}
      onKeyDown={press}
      onPointerOver={point}
      onPointerLeave={({ pointerType }) => pointerType !== 'touch' && setSpot(undefined)}
      onFocus={({ target }: FocusEvent<HTMLElement>) => {
        if (target.matches('[data-value]:focus-visible')) setSpot(spotOf(target))
      }}
      onScrollCapture={() => setSpot(undefined)}
    >
      {children}
      {spot && (
        <div
          data-value-actions
          className="pointer-events-none absolute z-20 -translate-y-1/2 rounded-md bg-raised shadow-pop transition-opacity delay-150 starting:opacity-0"
          style={{ left: spot.left, top: spot.top }}
        >
          {/* The words below them let the pointer through to what they cover. */}
          <div className="pointer-events-auto flex w-fit">
            <IconButton label={`Only ${spot.label}`} onClick={() => choose(spot, including)}>
              <ListFilter aria-hidden />
            </IconButton>
            <IconButton label={`Without ${spot.label}`} onClick={() => choose(spot, excluding)}>
              <ListX aria-hidden />
            </IconButton>
            <IconButton
              label="Copy"
              onClick={() => {
                void copy(spot.label)
                setSpot(undefined)
              }}
            >
              <Copy aria-hidden />
            </IconButton>
            {spot.openHref && (
              <IconLink href={spot.openHref} label={`Open ${spot.label} in the ledger`}>
                <ExternalLink aria-hidden />
              </IconLink>
            )}
          </div>
          {spot.note && (
            <p className="wrap-anywhere max-w-64 border-line border-t px-2 py-1 text-quiet text-xs">
              {spot.note}
            </p>
          )}
        </div>
      )}
    </div>
  )
}

function filterOf({ dataset: { name, value, label, note, open } }: HTMLElement): Value | undefined {
  if (name === undefined || value === undefined) return undefined
  return { name, value, label: label ?? visibleText(value), note, openHref: open }
}

/** A click that a finger made; browsers that don't tell count as mice. */
function isTouch({ nativeEvent }: MouseEvent): boolean {
  return nativeEvent instanceof window.PointerEvent && nativeEvent.pointerType === 'touch'
}

/** Beside the value, level with it, as far right as there is room. */
function spotOf(link: HTMLElement | null): Spot | undefined {
  const value = link && filterOf(link)
  const frame = link?.closest('section')
  if (!value || !frame) return undefined
  const [around, box, cell] = [frame, link, link.closest('td') ?? link].map((one) =>
    one.getBoundingClientRect(),
  )
  if (!around || !box || !cell) return undefined
  const right = Math.min(box.right, cell.right) - around.left
  const top = box.top - around.top + Math.min(box.height, cell.height) / 2
  const width = value.note ? NOTED_WIDTH_PX : POPUP_WIDTH_PX
  return { ...value, left: Math.max(0, Math.min(right - 2, around.width - width)), top }
}

/** Three buttons, for fingers that is 120. */
const POPUP_WIDTH_PX = 120
/** With a line of words below them. */
const NOTED_WIDTH_PX = 256

async function copy(text: string): Promise<void> {
  const done = await copyText(text)
  showToast(done ? 'Copied' : COPY_REFUSED, visibleText(text.slice(0, 200)))
}
