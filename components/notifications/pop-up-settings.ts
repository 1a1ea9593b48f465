import { useSyncExternalStore } from 'react'

const KEY = 'spoor.popups'
const CHANGED = 'spoor-popups-changed'

/**
 * Where notifications pop up in this browser: on the desktop, or within the page for one of the reasons; `off`
 * where the person wants none.
 */
export type PopUps = 'off' | 'desktop' | 'unasked' | 'denied' | 'insecure' | 'unsupported'

export function readPopUps(): PopUps {
  return isOff() ? 'off' : readPermission()
}

function readPermission(): PopUps {
  if (!window.isSecureContext) return 'insecure'
  // Browsers of phones show notifications by service workers only: the constructor throws.
  if (!('Notification' in window) || /Android/.test(navigator.userAgent)) return 'unsupported'
  const { permission } = Notification
  if (permission === 'granted') return 'desktop'
  return permission === 'denied' ? 'denied' : 'unasked'
}

/** A browser that keeps nothing shows them. */
function isOff(): boolean {
  try {
    return localStorage.getItem(KEY) === 'off'
  } catch {
    return false
  }
}

/** Remembered by this browser, for all workspaces. */
export function switchPopUps(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'off')
  } catch {
    // Then it is so until the page is loaded again.
  }
  window.dispatchEvent(new Event(CHANGED))
}

/** Asks the person, by the browser's own question; call it on a click. */
export async function askForDesktop(): Promise<void> {
  await Notification.requestPermission()
  window.dispatchEvent(new Event(CHANGED))
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('storage', onChange)
  window.addEventListener(CHANGED, onChange)
  let status: PermissionStatus | undefined
  const watch = async () => {
    status = await navigator.permissions?.query({ name: 'notifications' })
    status?.addEventListener('change', onChange)
  }
  // Firefox of old doesn't know the name: then a change shows with the next page.
  watch().catch(() => {})
  return () => {
    window.removeEventListener('storage', onChange)
    window.removeEventListener(CHANGED, onChange)
    status?.removeEventListener('change', onChange)
  }
}

export function usePopUps(): PopUps {
  return useSyncExternalStore<PopUps>(subscribe, readPopUps, () => 'unasked')
}
