'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useIsSealed } from './sealed-size'

/** Reads the page again once the event is sealed: its proof can be had from then on. */
export function RefreshWhenSealed({ seq }: { seq: number }) {
  const router = useRouter()
  const isSealed = useIsSealed(seq)
  useEffect(() => {
    if (isSealed) router.refresh()
  }, [isSealed, router])
  return null
}
