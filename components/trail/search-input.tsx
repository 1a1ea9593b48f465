'use client'

import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'

/** The field that `/` brings the focus to. */
export const SEARCH_ID = 'trail-search'

/** Free text. Escape takes back what was typed and leaves. */
export function SearchInput({ value }: { value: string }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.value = value
  }, [value])

  function leave(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.currentTarget.value = value
    event.currentTarget.blur()
  }

  return (
    <label className="relative block min-w-0 flex-1">
      <span className="sr-only">Text in message, actor, target, code or source</span>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <input
        ref={input}
        id={SEARCH_ID}
        type="search"
        name="q"
        defaultValue={value}
        onKeyDown={leave}
        placeholder="Text in message, actor, target, code or source; parts of words count"
        maxLength={1024}
        autoComplete="off"
        spellCheck={false}
        className="control pr-9 pl-8"
      />
      <kbd className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 rounded-sm border border-line px-1.5 font-sans text-2xs text-faint pointer-coarse:hidden">
        /
      </kbd>
    </label>
  )
}
