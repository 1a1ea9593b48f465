'use client'

import { createContext, type ReactNode, useContext } from 'react'

const TimeZoneContext = createContext('UTC')

/** The zone that times are shown in: UTC, or the reader's own, as the cookie says. */
export function TimeZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <TimeZoneContext value={timeZone}>{children}</TimeZoneContext>
}

export function useTimeZone(): string {
  return useContext(TimeZoneContext)
}
