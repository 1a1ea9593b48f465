'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useReducer, useRef } from 'react'
import { sendFile } from './send-file'
import { isOpen, nextKey, stepUploads, type Upload } from './upload-queue'

export type Uploads = {
  list: readonly Upload[]
  add(files: readonly File[]): void
  stop(key: number): void
  clear(): void
}

/** Sends files into a silo one after the other, in their order; the page is read again after each. */
export function useUploads(url: string): Uploads {
  const router = useRouter()
  const [list, step] = useReducer(stepUploads, [])
  const files = useRef(new Map<number, File>())
  const sending = useRef<{ key: number; abort: AbortController }>(undefined)
  const isBusy = list.some(isOpen)
  const next = list.some(({ state }) => state === 'sending')
    ? undefined
    : list.find(({ state }) => state === 'waiting')?.key

  useEffect(() => {
    const file = next === undefined ? undefined : files.current.get(next)
    if (next === undefined || !file) return
    const abort = new AbortController()
    sending.current = { key: next, abort }
    files.current.delete(next)
    step({ kind: 'begun', key: next })
    const onProgress = (share: number) => step({ kind: 'sent', key: next, share })
    void sendFile({ url, file, signal: abort.signal, onProgress }).then((sent) => {
      step({ kind: 'ended', key: next, ...sent })
      router.refresh()
    })
  }, [next, url, router])

  useEffect(() => {
    if (!isBusy) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isBusy])

  return {
    list,
    add: (chosen) => {
      chosen.forEach((file, index) => {
        files.current.set(nextKey(list) + index, file)
      })
      step({ kind: 'added', files: chosen })
    },
    stop: (key) => {
      if (sending.current?.key === key) sending.current.abort.abort()
      else step({ kind: 'ended', key, state: 'stopped' })
    },
    clear: () => step({ kind: 'cleared' }),
  }
}
