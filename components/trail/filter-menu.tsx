'use client'

import { ChevronDown } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'

type Props = { label: string; value?: string; children: ReactNode; wide?: boolean; align?: 'start' | 'end' }

/** One filter of the bar: a browser's own disclosure, so that it opens without scripts too. */
export function FilterMenu({ label, value, children, wide = false, align = 'start' }: Props) {
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    function close(event: Event) {
      const element = details.current
      if (!element?.open) return
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return
        if (element.contains(document.activeElement)) element.querySelector('summary')?.focus()
      } else if (element.contains(event.target as Node)) return
      element.open = false
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('keydown', close)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('keydown', close)
    }
  }, [])

  return (
    <details ref={details} name="trail-filter" className="group/menu relative">
      <summary
        className={`flex h-8 select-none items-center gap-1.5 rounded-md border px-2.5 text-sm hover:bg-hover pointer-coarse:h-10 ${value ? 'border-accent text-ink' : 'border-rim bg-surface text-quiet'}`}
      >
        {label}
        {value && <span className="max-w-40 truncate font-medium text-accent">{value}</span>}
        <ChevronDown aria-hidden className="size-3.5 text-faint group-open/menu:rotate-180" />
      </summary>
      <div
        className={`absolute z-30 mt-1 max-h-[31rem] overflow-y-auto rounded-lg bg-raised p-3 shadow-pop max-sm:fixed max-sm:inset-x-4 max-sm:w-auto ${wide ? 'w-80' : 'w-64'} ${align === 'end' ? 'sm:right-0' : 'left-0'}`}
      >
        {children}
      </div>
    </details>
  )
}
