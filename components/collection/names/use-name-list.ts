import { type KeyboardEvent, type SyntheticEvent, useId, useState } from 'react'
import { type NameHint, openBrace, putName, suggestNames } from './name-suggestions'

type Open = { text: string; caret: number; from: number; names: NameHint[]; chosen: number }

/** The list of names that opens while something is typed after an open brace. */
export function useNameList(names: readonly NameHint[], onChange: (text: string) => void) {
  const [open, setOpen] = useState<Open>()
  const listId = useId()

  function look({ currentTarget }: SyntheticEvent<HTMLInputElement>) {
    const { value: text, selectionStart } = currentTarget
    const caret = selectionStart ?? text.length
    const brace = openBrace(text, caret)
    const found = brace ? suggestNames(names, brace.typed) : []
    setOpen(
      brace && found.length > 0 ? { text, caret, from: brace.from, names: found, chosen: 0 } : undefined,
    )
  }

  function put(input: HTMLInputElement, { name }: NameHint) {
    if (!open) return
    const next = putName(open.text, open.caret, open.from, name)
    setOpen(undefined)
    onChange(next.text)
    // After React has written the text: before, the caret would be put at its end.
    requestAnimationFrame(() => input.setSelectionRange(next.caret, next.caret))
  }

  /** Whether the key was the list's. */
  function takeKey(event: KeyboardEvent<HTMLInputElement>): boolean {
    if (!open || event.nativeEvent.isComposing) return false
    const { key } = event
    const chosen = open.names[open.chosen]
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const step = key === 'ArrowDown' ? 1 : -1
      setOpen({ ...open, chosen: (open.chosen + step + open.names.length) % open.names.length })
    } else if ((key === 'Enter' || key === 'Tab') && chosen) put(event.currentTarget, chosen)
    else if (key === 'Escape') setOpen(undefined)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return { open, listId, look, put, takeKey, close: () => setOpen(undefined) }
}
