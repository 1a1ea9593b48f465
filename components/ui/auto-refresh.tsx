'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useTransition } from 'react'

/** Reads the page's data again every so often, while somebody looks at it; a slow page is not asked twice at once. */
export function AutoRefresh({ everyMs }: { everyMs: number }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const refresh = useEffectEvent(() => {
    if (!document.hidden && !isPending) startTransition(() => router.refresh())
  })
  useEffect(() => {
    const timer = setInterval(() => refresh(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return null
}
