import type { ComponentProps } from 'react'
import { joinClasses } from './join-classes'

/**
 * Scrolls sideways on its own, so that the page never does; reachable by keyboard for that. What is hidden for the
 * eye is placed by it too (`relative`): by the page it would widen the page.
 */
export function TableFrame({ label, className, ...rest }: ComponentProps<'section'> & { label: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus (WCAG 2.1.1)
      tabIndex={0}
      className={joinClasses('relative overflow-x-auto rounded-lg border border-line bg-surface', className)}
      {...rest}
    />
  )
}

export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return <table className={joinClasses('w-full border-collapse text-left text-sm', className)} {...rest} />
}

export function Th({ className, scope = 'col', ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope={scope}
      className={joinClasses(
        'h-8 whitespace-nowrap border-line border-b bg-paper px-2 font-medium first:pl-3 last:pr-3 text-quiet text-xs',
        className,
      )}
      {...rest}
    />
  )
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr className={joinClasses('border-line border-b last:border-b-0 hover:bg-hover', className)} {...rest} />
  )
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td className={joinClasses('px-2 py-1.5 align-baseline first:pl-3 last:pr-3', className)} {...rest} />
  )
}
