'use client'

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react'

/** A hand that shakes while it clicks does not brush. */
const MIN_DRAG_PX = 4

/** Two places of a row of slots, in the order in which they were reached. */
export type Brushed = [from: number, to: number]

/** Choosing a range of slots: by dragging over them, or with Shift and the arrow keys from bar to bar. */
export function useBrush(slotCount: number, onChosen: (range: Brushed) => void) {
  const [brushed, setBrushed] = useState<Brushed>()
  const [pointed, setPointed] = useState<number>()
  const start = useRef<{ x: number; slot: number } | undefined>(undefined)
  const hasDragged = useRef(false)

  function slotAt({ clientX, currentTarget }: PointerEvent<HTMLElement>): number {
    const { left, width } = currentTarget.getBoundingClientRect()
    return Math.min(slotCount - 1, Math.max(0, Math.floor(((clientX - left) / width) * slotCount)))
  }

  function end() {
    start.current = undefined
    setBrushed(undefined)
  }

  const plotProps = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      hasDragged.current = false
      if (event.button === 0) start.current = { x: event.clientX, slot: slotAt(event) }
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const slot = slotAt(event)
      setPointed(slot)
      if (!start.current) return
      if (!hasDragged.current && Math.abs(event.clientX - start.current.x) < MIN_DRAG_PX) return
      if (!hasDragged.current) event.currentTarget.setPointerCapture(event.pointerId)
      hasDragged.current = true
      setBrushed([start.current.slot, slot])
    },
    onPointerUp() {
      if (hasDragged.current && brushed) onChosen(brushed)
      end()
    },
    onPointerCancel: end,
    onPointerLeave: () => setPointed(undefined),
    onClickCapture(event: MouseEvent) {
      if (!hasDragged.current) return
      hasDragged.current = false
      event.preventDefault()
      event.stopPropagation()
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      if (event.key === 'Escape') return end()
      if (event.key === 'Enter' && brushed) {
        event.preventDefault()
        onChosen(brushed)
        return end()
      }
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      const bars = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-slot]')]
      const bar = step && bars[bars.indexOf(event.target as HTMLElement) + step]
      if (!bar) return
      event.preventDefault()
      const slot = Number(bar.dataset.slot)
      const from = Number((event.target as HTMLElement).dataset.slot)
      setBrushed(event.shiftKey ? [brushed?.[0] ?? from, slot] : undefined)
      bar.focus()
    },
  }
  return { brushed, pointed, setPointed, plotProps }
}
