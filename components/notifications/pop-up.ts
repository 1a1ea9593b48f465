import { showToast } from '@/components/ui/toast'
import type { BellNote } from '@/lib/notifications/bell-note'
import type { ClaimAnswer } from '@/lib/notifications/claim-notification'
import { readPopUps } from './pop-up-settings'

/** A browser that can show it on the desktop comes first. */
const PAGE_DELAY_MS = 1_500
/** Twenty times what a worker takes to be there, and so short that this browser still comes before pages. */
const WORKER_TIMEOUT_MS = 1_000
/** In `public`. */
const CLICKS_SCRIPT = '/notification-clicks.js'

type Offer = {
  slug: string
  note: BellNote
  /** Whether this tab holds the stream: it alone shows notifications of the desktop. */
  isLeader: boolean
  open: (href: string) => void
}

type Shown = Extract<ClaimAnswer, { show: true }>

/**
 * Shows a notification that came in, if it is fresh and no other tab or browser of the person was faster: on the
 * desktop where the person allowed it, else within the page that they look at.
 */
export async function offerPopUp({ slug, note, isLeader, open }: Offer): Promise<void> {
  const popUps = readPopUps()
  if (!note.isFresh || popUps === 'off') return
  if (popUps === 'desktop') {
    if (!isLeader) return
    // First: what was claimed and then waits for a worker would be shown by nobody.
    const worker = await findWorker()
    const shown = await claim(slug, note.number)
    if (shown) await showOnDesktop(worker, `spoor-${slug}-${note.number}`, shown, open)
    return
  }
  await new Promise((resolve) => setTimeout(resolve, PAGE_DELAY_MS))
  if (document.hidden) return
  const shown = await claim(slug, note.number)
  if (shown) showInPage(shown, open)
}

async function claim(slug: string, number: number): Promise<Shown | undefined> {
  try {
    const response = await fetch(`/${slug}/notifications/claim`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number }),
    })
    const answer: ClaimAnswer | undefined = response.ok ? await response.json() : undefined
    return answer?.show ? answer : undefined
  } catch {
    // It waits in the bell.
    return undefined
  }
}

/** The service worker's registration; undefined where there can be none, and where the browser holds it back. */
function findWorker(): Promise<ServiceWorkerRegistration | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, WORKER_TIMEOUT_MS))
  return Promise.race([startWorker().catch(() => undefined), late])
}

/** Registers it once only: Chromium may leave a second registration of an active one unanswered for long. */
async function startWorker(): Promise<ServiceWorkerRegistration> {
  const known = await navigator.serviceWorker.getRegistration()
  if (known?.active) return known
  await navigator.serviceWorker.register(CLICKS_SCRIPT)
  return navigator.serviceWorker.ready
}

/** By the service worker, so that a click finds its way without this tab, too; by the page where it can't. */
async function showOnDesktop(
  worker: ServiceWorkerRegistration | undefined,
  tag: string,
  shown: Shown,
  open: Offer['open'],
): Promise<void> {
  const { title, body, href } = shown
  const options = { body, tag }
  if (!worker) return showByPage(shown, options, open)
  try {
    await worker.showNotification(title, { ...options, data: { href } })
  } catch {
    showByPage(shown, options, open)
  }
}

function showByPage(shown: Shown, options: NotificationOptions, open: Offer['open']): void {
  try {
    const popUp = new Notification(shown.title, options)
    popUp.onclick = () => {
      window.focus()
      popUp.close()
      open(shown.href)
    }
  } catch {
    showInPage(shown, open)
  }
}

const showInPage = ({ title, body, href }: Shown, open: Offer['open']) =>
  showToast(title, body || undefined, { label: 'Open', onClick: () => open(href) })
