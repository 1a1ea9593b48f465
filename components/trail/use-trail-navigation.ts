'use client'

import { useRouter } from 'next/navigation'
import { type MouseEvent, useOptimistic, useTransition } from 'react'
import { trailHref } from './trail-url'

/** The filter as it will be once the page has answered, and the ways to change it. */
export function useTrailNavigation(path: string, query: string) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const [shown, setShown] = useOptimistic(query)

  function go(params: URLSearchParams) {
    startTransition(() => {
      setShown(params.toString())
      router.push(trailHref(path, params), { scroll: false })
    })
  }

  return {
    path,
    pending,
    params: new URLSearchParams(shown),
    href: (params: URLSearchParams) => trailHref(path, params),
    go,
    /** Reads the same page again, for example after a preference changed. */
    refresh: () => startTransition(() => router.refresh()),
    /** For a plain link to this page: goes there without loading the page anew. */
    follow(event: MouseEvent<HTMLAnchorElement>) {
      if (!isPlainClick(event)) return
      event.preventDefault()
      go(new URLSearchParams(event.currentTarget.search))
    },
  }
}

/** Neither a new tab nor a download is wanted. */
export function isPlainClick({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !(metaKey || ctrlKey || shiftKey || altKey)
}
