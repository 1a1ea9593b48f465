import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { joinClasses } from './join-classes'

/** The browser's own select: it works without scripts and opens the phone's picker. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={joinClasses('relative inline-flex w-full', className)}>
      <select className="control appearance-none truncate pr-8" {...rest} />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-quiet"
      />
    </span>
  )
}
