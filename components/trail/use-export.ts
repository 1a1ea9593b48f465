'use client'

import { useEffect, useState } from 'react'
import type { ExportProgress } from '@/lib/trail/export/running-exports'

const POLL_MS = 1000
/** Asked in vain so often, the download runs where this server doesn't see it, or not at all. */
const MAX_UNKNOWN = 5

/** `unseen`: it was started, and only the browser knows about it. */
export type ExportState =
  | { kind: 'none' }
  | { kind: 'starting' }
  | { kind: 'unseen' }
  | { kind: 'refused'; message: string }
  | { kind: 'known'; progress: ExportProgress }

const storageKey = (path: string, what: string) => `spoor ${what} ${path}`

/** Not `randomUUID`, which browsers offer on https and localhost only. */
function newExportId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')
}

/** The error page of a download that was refused: it has an answer of ours instead of a file. */
function readRefusal(frame: HTMLIFrameElement): string | undefined {
  const text = frame.contentDocument?.body.textContent
  if (!text) return undefined
  try {
    const { detail, status, reference } = JSON.parse(text)
    return status === 500 ? `${detail} Reference: ${reference}` : String(detail)
  } catch {
    return 'The server did not send the file.'
  }
}

/**
 * Downloads by the browser itself, so that a file may have any size and goes on when the reader leaves the page;
 * its progress is asked from the server, also after the reader came back. `path` is the trail's; `what` tells the
 * exports of one page from those of another.
 */
export function useExport(path: string, what = 'export') {
  const key = storageKey(path, what)
  const [id, setId] = useState<string>()
  const [state, setState] = useState<ExportState>({ kind: 'none' })

  useEffect(() => setId(sessionStorage.getItem(key) ?? undefined), [key])

  useEffect(() => {
    if (!id) return
    let unknown = 0
    let timer: ReturnType<typeof setTimeout>
    let isLeft = false
    async function look() {
      const answer = await fetch(`${path}/export/${id}`).catch(() => undefined)
      if (isLeft) return
      if (answer?.status === 200) {
        const progress: ExportProgress = await answer.json()
        setState({ kind: 'known', progress })
        if (progress.state !== 'running') return sessionStorage.removeItem(key)
      } else if (++unknown >= MAX_UNKNOWN) {
        sessionStorage.removeItem(key)
        return setState((before) => (before.kind === 'none' ? before : { kind: 'unseen' }))
      }
      timer = setTimeout(look, POLL_MS)
    }
    void look()
    return () => {
      isLeft = true
      clearTimeout(timer)
    }
  }, [id, path, key])

  /** `source` answers with the file, or why not. */
  function start(source: string, params: URLSearchParams) {
    const next = newExportId()
    params.set('export', next)
    const frame = document.createElement('iframe')
    frame.hidden = true
    frame.title = 'Download'
    // A file goes to the downloads and loads nothing here; what loads is a refusal.
    frame.addEventListener('load', () => {
      const message = readRefusal(frame)
      if (!message) return
      sessionStorage.removeItem(key)
      setId(undefined)
      setState({ kind: 'refused', message })
      frame.remove()
    })
    frame.src = `${source}?${params}`
    document.body.append(frame)
    sessionStorage.setItem(key, next)
    setState({ kind: 'starting' })
    setId(next)
  }

  return {
    state,
    start,
    cancel: () => id && fetch(`${path}/export/${id}`, { method: 'DELETE' }).catch(() => {}),
    reset: () => {
      setId(undefined)
      setState({ kind: 'none' })
    },
  }
}
