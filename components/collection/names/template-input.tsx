'use client'

import { type ComponentProps, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { joinClasses } from '@/components/ui/join-classes'
import { POPUP_STYLE } from '@/components/ui/popup-style'
import type { NameHint } from './name-suggestions'
import { useNameList } from './use-name-list'

type Props = Omit<ComponentProps<'input'>, 'onChange' | 'value'> & {
  value: string
  onChange: (text: string) => void
  /** What can stand in braces. */
  names: readonly NameHint[]
}

/** A line of text with names in braces, which are offered once a brace is opened. */
export function TemplateInput({ value, onChange, names, onKeyDown, className, ...rest }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const { open, listId, look, put, takeKey, close } = useNameList(names, onChange)

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (!takeKey(event)) onKeyDown?.(event)
  }

  return (
    <>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open !== undefined}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open ? `${listId}-${open.chosen}` : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value)
          look(event)
        }}
        onKeyDown={press}
        onBlur={close}
        className={joinClasses('control literal', className)}
        {...rest}
      />
      {open && (
        <NameList
          id={listId}
          names={open.names}
          chosen={open.chosen}
          below={input.current}
          onChoose={(name) => input.current && put(input.current, name)}
        />
      )}
    </>
  )
}

type ListProps = {
  id: string
  names: readonly NameHint[]
  chosen: number
  below: HTMLElement | null
  onChoose: (name: NameHint) => void
}

/** Placed by the window: inside of what scrolls it would be cut off. */
function NameList({ id, names, chosen, below, onChoose }: ListProps) {
  const list = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number }>()
  useLayoutEffect(() => {
    const box = below?.getBoundingClientRect()
    const height = list.current?.offsetHeight ?? 0
    if (!box) return
    const isRoom = box.bottom + height + 8 < window.innerHeight
    const left = Math.max(8, Math.min(box.left, window.innerWidth - (list.current?.offsetWidth ?? 0) - 8))
    setPlace({ left, top: isRoom ? box.bottom + 4 : box.top - height - 4 })
  }, [below])
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Names"
      tabIndex={-1}
      style={place ?? { visibility: 'hidden' }}
      className={`${POPUP_STYLE} fixed z-50 min-w-48 max-w-96 p-1`}
    >
      {names.map((one, at) => (
        <div
          key={one.name}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          className="flex cursor-pointer items-baseline justify-between gap-4 rounded-md px-2 py-1 hover:bg-hover aria-selected:bg-hover"
          // Before the click the field would lose the focus, and with it the list.
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(one)
          }}
        >
          <span className="literal truncate">{one.name}</span>
          {one.hint && <span className="truncate text-quiet text-xs">{one.hint}</span>}
        </div>
      ))}
    </div>
  )
}
