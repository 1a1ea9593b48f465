'use client'

import { createContext, type ReactNode, useContext } from 'react'

const ShownEventContext = createContext({ json: '{}' })

/** The event that a page shows, as one line of JSON: sent to the browser once, whoever there needs it. */
export function ShownEventProvider({ json, children }: { json: string; children: ReactNode }) {
  return <ShownEventContext value={{ json }}>{children}</ShownEventContext>
}

export function useShownEvent(): { json: string } {
  return useContext(ShownEventContext)
}
