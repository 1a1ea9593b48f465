'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'
import { keysAreTaken } from '@/components/layout/keys-are-taken'
import { LinkButton } from '@/components/ui/link-button'

type Props = { back: string; newer?: string; older?: string; isFiltered: boolean; isAscending?: boolean }

/** To the events beside this one, by button or `j` and `k`, as in the trail; Escape goes back there. */
export function EventPager({ back, newer, older, isFiltered, isAscending = false }: Props) {
  const router = useRouter()
  useEffect(() => {
    const [next, previous] = isAscending ? [newer, older] : [older, newer]
    const targets: Record<string, string | undefined> = { j: next, k: previous, Escape: back }
    function move(event: KeyboardEvent) {
      const target = targets[event.key]
      if (!target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (keysAreTaken(event.target)) return
      event.preventDefault()
      router.push(target)
    }
    document.addEventListener('keydown', move)
    return () => document.removeEventListener('keydown', move)
  }, [router, back, newer, older, isAscending])

  const where = isFiltered ? 'in this view of the trail' : 'in the trail'
  const [newerKey, olderKey] = isAscending ? ['j', 'k'] : ['k', 'j']
  return (
    <nav aria-label="Events beside this one" className="flex gap-2">
      <Step href={newer} title={`The next newer event ${where} (${newerKey})`}>
        <ChevronLeft aria-hidden />
        Newer
      </Step>
      <Step href={older} title={`The next older event ${where} (${olderKey})`}>
        Older
        <ChevronRight aria-hidden />
      </Step>
    </nav>
  )
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
