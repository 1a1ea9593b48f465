'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'
import { LinkButton } from '@/components/ui/link-button'

type Props = { back: string; newer?: string; older?: string; isFiltered: boolean }

/** To the events beside this one, by button or `k` and `j`, as in the trail; Escape goes back there. */
export function EventPager({ back, newer, older, isFiltered }: Props) {
  const router = useRouter()
  useEffect(() => {
    const targets: Record<string, string | undefined> = { j: older, k: newer, Escape: back }
    function move(event: KeyboardEvent) {
      const target = targets[event.key]
      if (!target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isBusy(event.target)) return
      event.preventDefault()
      router.push(target)
    }
    document.addEventListener('keydown', move)
    return () => document.removeEventListener('keydown', move)
  }, [router, back, newer, older])

  const where = isFiltered ? 'in this view of the trail' : 'in the trail'
  return (
    <nav aria-label="Events beside this one" className="flex gap-2">
      <Step href={newer} title={`The next newer event ${where} (k)`}>
        <ChevronLeft aria-hidden />
        Newer
      </Step>
      <Step href={older} title={`The next older event ${where} (j)`}>
        Older
        <ChevronRight aria-hidden />
      </Step>
    </nav>
  )
}

/** Somebody types, or has something open that Escape closes. */
function isBusy(target: EventTarget | null): boolean {
  const types = target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]')
  return Boolean(types) || document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null
}

function Step({ href, title, children }: { href: string | undefined; title: string; children: ReactNode }) {
  if (href === undefined)
    return (
      <LinkButton
        href=""
        size="sm"
        aria-disabled="true"
        role="link"
        tabIndex={-1}
        className="pointer-events-none"
      >
        {children}
      </LinkButton>
    )
  return (
    <LinkButton href={href} size="sm" prefetch={false} title={title}>
      {children}
    </LinkButton>
  )
}
