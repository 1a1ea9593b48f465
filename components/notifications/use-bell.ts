import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { BellNote } from '@/lib/notifications/bell-note'
import type { Bell } from '@/lib/notifications/read-bell'
import { type BellLine, type BellMessage, openBellLine, readLatest } from './bell-line'
import { notificationsHref } from './notifications-href'
import { offerPopUp } from './pop-up'

/** What the popup holds: the newest ones, once they were read; `failed` where the server did not answer. */
export type Latest = BellNote[] | 'loading' | 'failed'

const MAX_LATEST = 20

/** A person's bell as it is now, in all tabs of this browser. Shows what rings. `sent` is what the page came with. */
export function useBell(slug: string, person: string, sent: Bell) {
  const router = useRouter()
  const isOnPage = usePathname() === notificationsHref(slug)
  const line = useRef<BellLine>(undefined)
  const [bell, setBell] = useState(sent)
  const [latest, setLatest] = useState<Latest>('loading')
  const [known, setKnown] = useState(sent)
  // A page that came later knows better.
  if (known.newest !== sent.newest || known.unread !== sent.unread) {
    setKnown(sent)
    if (sent.newest >= bell.newest) setBell(sent)
  }

  const hear = useEffectEvent(({ note, bell: next }: BellMessage, isLeader: boolean) => {
    setBell(next)
    if (next.unread === 0) setLatest((notes) => (Array.isArray(notes) ? notes.map(asRead) : notes))
    if (!note) return
    if (isOnPage) router.refresh()
    setLatest((notes) => (Array.isArray(notes) ? [note, ...notes].slice(0, MAX_LATEST) : notes))
    void offerPopUp({ slug, note, isLeader, open: (href) => router.push(href) })
  })
  const newest = useEffectEvent(() => bell.newest)
  useEffect(() => {
    const opened = openBellLine({ slug, person, newest: newest(), onMessage: (...heard) => hear(...heard) })
    line.current = opened
    return () => opened.close()
  }, [slug, person])

  async function load(): Promise<void> {
    const page = await readLatest(slug)
    if (typeof page !== 'object') return setLatest('failed')
    setLatest(page.notes)
    line.current?.tell({ bell: page.bell })
  }
  function tell(next: Bell): void {
    line.current?.tell({ bell: next })
    if (isOnPage) router.refresh()
  }
  return { bell, latest, load, tell }
}

const asRead = (note: BellNote): BellNote => ({ ...note, isUnread: false })
