'use client'

import { useRouter } from 'next/navigation'
import { useOptimistic, useTransition } from 'react'
import { trailHref } from './trail-url'

/** The filter as it will be once the page has answered, and the way to change it. */
export function useTrailNavigation(path: string, query: string) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const [shown, setShown] = useOptimistic(query)
  return {
    pending,
    params: new URLSearchParams(shown),
    go(params: URLSearchParams) {
      startTransition(() => {
        setShown(params.toString())
        router.push(trailHref(path, params), { scroll: false })
      })
    },
  }
}
