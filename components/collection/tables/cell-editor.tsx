'use client'

import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { NameHint } from '@/components/collection/names/name-suggestions'
import { TemplateInput } from '@/components/collection/names/template-input'

/** Where to go after an edit. */
export type AfterEdit = 'down' | 'up' | 'next' | 'back' | 'stay'

type Props = {
  label: string
  /** What stands there, or the first letter that was typed over it. */
  first: string
  names: readonly NameHint[]
  onDone: (text: string, after: AfterEdit) => void
  onCancel: () => void
}

/** A cell while it is written: Enter and Tab keep what was written, Escape what was there. */
export function CellEditor({ label, first, names, onDone, onCancel }: Props) {
  const [text, setText] = useState(first)
  const frame = useRef<HTMLDivElement>(null)
  const isOver = useRef(false)
  useEffect(() => {
    const field = frame.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    field?.focus()
    field?.setSelectionRange(field.value.length, field.value.length)
  }, [])

  function end(act: () => void) {
    isOver.current = true
    act()
  }
  function press(event: KeyboardEvent<HTMLElement>) {
    // The keys of a cell that is written are not the grid's.
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    const { key, shiftKey } = event
    const isBreak = key === 'Enter' && shiftKey && event.currentTarget instanceof HTMLTextAreaElement
    if (isBreak || !['Enter', 'Tab', 'Escape'].includes(key)) return
    event.preventDefault()
    if (key === 'Escape') end(onCancel)
    else if (key === 'Enter') end(() => onDone(text, shiftKey ? 'up' : 'down'))
    else end(() => onDone(text, shiftKey ? 'back' : 'next'))
  }
  const shared = {
    'aria-label': label,
    onKeyDown: press,
    onBlur: () => isOver.current || onDone(text, 'stay'),
  }
  return (
    <div ref={frame} className="absolute top-0 left-0 z-10 w-max min-w-full max-w-[min(36rem,80vw)]">
      {first.includes('\n') ? (
        <textarea
          {...shared}
          rows={Math.min(8, text.split('\n').length + 1)}
          value={text}
          onChange={({ target }) => setText(target.value)}
          className="literal block w-96 max-w-[80vw] border-2 border-accent bg-surface px-2 py-1 text-ink outline-none"
        />
      ) : (
        <TemplateInput
          {...shared}
          value={text}
          names={names}
          onChange={setText}
          style={{ width: `${Math.max(10, text.length + 3)}ch` }}
          className="h-8! min-w-full! max-w-[80vw] rounded-none! border-2! border-accent! px-2! outline-none!"
        />
      )}
    </div>
  )
}
