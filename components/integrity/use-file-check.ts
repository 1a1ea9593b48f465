'use client'

import { useEffect, useRef, useState } from 'react'
import type { Verdict } from './verdict'
import type { FileCheck } from './verify-file'
import type { WorkerMessage } from './verify-worker'

export type FileCheckState =
  | { kind: 'idle' }
  | { kind: 'checking'; share: number }
  | { kind: 'done'; verdict: Verdict }

/** Checks a file in a worker of its own, one at a time; another check, or leaving the page, ends the one before. */
export function useFileCheck() {
  const [state, setState] = useState<FileCheckState>({ kind: 'idle' })
  const running = useRef<Worker>(null)
  useEffect(() => () => running.current?.terminate(), [])

  function end(next: FileCheckState) {
    running.current?.terminate()
    running.current = null
    setState(next)
  }
  function start(check: FileCheck) {
    end({ kind: 'checking', share: 0 })
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if ('verdict' in data) end({ kind: 'done', verdict: data.verdict })
      else setState({ kind: 'checking', share: data.share })
    }
    worker.onerror = ({ message }) =>
      end({
        kind: 'done',
        verdict: { answer: 'unknown', message: `The check stopped: ${message || 'no reason given'}.` },
      })
    running.current = worker
    worker.postMessage(check)
  }
  return { state, start, cancel: () => end({ kind: 'idle' }) }
}
