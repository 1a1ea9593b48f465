'use client'

import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ChangeEvent, useEffect, useRef, useTransition } from 'react'
import { joinClasses } from '@/components/ui/join-classes'

/** As long as people pause between letters. */
const PAUSE_MS = 250

type Props = {
  /** The list's page. */
  path: string
  /** What else its address says; a search begins at the list's first page. */
  params: Record<string, string>
  value: string
  label: string
  placeholder: string
}

/** Narrows a list while it is typed; before scripts have loaded Enter does. What is looked for stands in the address. */
export function SearchAsYouType({ path, params, value, label, placeholder }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    // By a link or the browser's own buttons: who types is ahead of the address.
    if (input.current && document.activeElement !== input.current) input.current.value = value
  }, [value])

  function type({ target }: ChangeEvent<HTMLInputElement>) {
    clearTimeout(timer.current)
    const q = target.value.trim()
    timer.current = setTimeout(() => {
      const query = new URLSearchParams(q ? { ...params, q } : params)
      startTransition(() => router.replace(`${path}?${query}`, { scroll: false }))
    }, PAUSE_MS)
  }

  return (
    <form action={path} className="w-full sm:max-w-80">
      {Object.entries(params).map(([name, one]) => (
        <input key={name} type="hidden" name={name} value={one} />
      ))}
      <label className="relative block">
        <span className="sr-only">{label}</span>
        <Search
          aria-hidden
          className={joinClasses(
            'pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint',
            isPending && 'animate-pulse',
          )}
        />
        <input
          ref={input}
          type="search"
          name="q"
          defaultValue={value}
          onChange={type}
          placeholder={placeholder}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="control pl-8"
        />
      </label>
    </form>
  )
}
