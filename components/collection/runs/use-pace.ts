'use client'

import { useEffect, useState } from 'react'
import type { RunView } from '@/lib/collection/runs/run-view'
import { addSample, type Pace, type PaceSample, paceOf } from './run-pace'

/** How fast a run is, by what its page showed over the last seconds. */
export function usePace({ rows, readBytes, totalBytes }: RunView): Pace | null {
  const [samples, setSamples] = useState<readonly PaceSample[]>([])
  useEffect(() => {
    setSamples((before) => addSample(before, { at: Date.now(), rows, readBytes }))
  }, [rows, readBytes])
  return paceOf(samples, totalBytes)
}
