'use client'

import { startTransition, useOptimistic } from 'react'
import { keepPreference } from '@/components/layout/use-preferences'
import { DISPLAY_COOKIE, displayCookie, type TrailDisplay } from './trail-display'
import { useTrail } from './trail-navigation'

/** How the reader will see the trail once the page has answered, and the way to change and keep it. */
export function useTrailDisplay(display: TrailDisplay) {
  const { params, go, refresh } = useTrail()
  const [shown, setShown] = useOptimistic(display)

  function change(next: TrailDisplay) {
    keepPreference(DISPLAY_COOKIE, displayCookie(next))
    startTransition(() => {
      setShown(next)
      if (!params.has('columns') && !params.has('density')) return refresh()
      // What the address says would go before the reader's own choice.
      const address = new URLSearchParams(params)
      address.delete('columns')
      address.delete('density')
      go(address)
    })
  }
  return [shown, change] as const
}
