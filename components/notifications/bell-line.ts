import type { NotificationPage } from '@/lib/notifications/list-notifications'
import type { Bell } from '@/lib/notifications/read-bell'
import type { RungMessage } from '@/lib/notifications/send-notifications'

/** Between two looks where no stream holds. */
const POLL_MS = 15_000
/** A tab that one comes back to is looked after, but not at each switch of the window. */
const REFRESH_MS = 5_000

/** What one tab tells the others of the browser; without `note` only how the bell is now. */
export type BellMessage = Partial<Pick<RungMessage, 'note'>> & { bell: Bell }

type Options = {
  slug: string
  /** Who is signed in: their tabs hear each other, and nobody else's. */
  person: string
  /** The number that the page knows of. */
  newest: number
  /** Each message once. `isLeader` in the tab that holds the stream. */
  onMessage: (message: BellMessage, isLeader: boolean) => void
}

export type BellLine = { tell(message: BellMessage): void; close(): void }

/**
 * Keeps a tab in touch with its person's bell. One tab of the browser holds the stream and tells the others; when it
 * closes the next one takes over. Where a stream can't be held it looks every 15 seconds instead.
 */
export function openBellLine({ slug, person, newest, onMessage }: Options): BellLine {
  const name = `spoor bell ${slug} ${person}`
  const others = new BroadcastChannel(name)
  const closed = new AbortController()
  let last = newest
  let isLeader = false
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let refreshedAt = performance.now()

  function hear(message: BellMessage): void {
    const { number } = message.note ?? {}
    // The stream may say again what a look has found.
    if (number !== undefined && number <= last) return
    last = number ?? last
    onMessage(message, isLeader)
  }

  function tell(message: BellMessage): void {
    others.postMessage(message)
    hear(message)
  }

  function connect(): void {
    source = new EventSource(`/${slug}/notifications/stream?after=${last}`)
    source.onmessage = ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as RungMessage)
    // Otherwise the browser tries again by itself; after an answer other than 200 it doesn't.
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(() => void look(), POLL_MS)
    }
  }

  /** Finds what was rung since, and tries the stream again. Without locks each tab does just this. */
  async function look(): Promise<void> {
    const page = await readLatest(slug, last)
    if (closed.signal.aborted) return
    if (page === 'signed out') return
    if (page) {
      for (const note of page.notes.toReversed()) tell({ note, bell: page.bell })
      tell({ bell: page.bell })
    }
    if (hasLocks()) connect()
    else timer = setTimeout(() => void look(), POLL_MS)
  }

  /** Another browser may have read what this tab still counts. */
  async function refresh(): Promise<void> {
    if (document.hidden || performance.now() - refreshedAt < REFRESH_MS) return
    refreshedAt = performance.now()
    const page = await readLatest(slug, last)
    if (typeof page === 'object' && !closed.signal.aborted) onMessage({ bell: page.bell }, isLeader)
  }

  function lead(): Promise<void> {
    isLeader = true
    connect()
    return new Promise((resolve) => {
      closed.signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  others.onmessage = ({ data }: MessageEvent<BellMessage>) => hear(data)
  const onVisible = () => void refresh()
  document.addEventListener('visibilitychange', onVisible)
  if (hasLocks()) {
    navigator.locks.request(name, { signal: closed.signal }, lead).catch((error: unknown) => {
      if (!closed.signal.aborted) throw error
    })
  } else {
    isLeader = true
    timer = setTimeout(() => void look(), POLL_MS)
  }

  return {
    tell,
    close: () => {
      closed.abort()
      clearTimeout(timer)
      source?.close()
      others.close()
      document.removeEventListener('visibilitychange', onVisible)
    },
  }
}

/** Only pages of https and of this machine have them; elsewhere a stream for each tab would use up the connections. */
const hasLocks = () => 'locks' in navigator

/** What is in the bell after a number, newest first; undefined where the server doesn't answer. */
export async function readLatest(
  slug: string,
  after?: number,
): Promise<NotificationPage | 'signed out' | undefined> {
  const query = after === undefined ? '' : `?after=${after}`
  try {
    const response = await fetch(`/${slug}/notifications/latest${query}`)
    if (response.ok) return (await response.json()) as NotificationPage
    return response.status === 401 || response.status === 404 ? 'signed out' : undefined
  } catch {
    return undefined
  }
}
