'use client'

import { useRouter } from 'next/navigation'
import { preferenceCookie, THEME_COOKIE, type Theme, ZONE_COOKIE } from './preferences'

/** Sets and keeps the theme and the zone of times. */
export function usePreferences() {
  const router = useRouter()
  return {
    setTheme(theme: Theme) {
      keepPreference(THEME_COOKIE, theme === 'system' ? '' : theme)
      document.documentElement.dataset.theme = theme
    },
    setTimeZone(zone: 'utc' | 'local') {
      const local = Intl.DateTimeFormat().resolvedOptions().timeZone
      keepPreference(ZONE_COOKIE, zone === 'local' ? local : '')
      router.refresh()
    },
  }
}

/** Keeps a preference in this browser; an empty value forgets it. */
export function keepPreference(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain http
  document.cookie = preferenceCookie(name, value)
}
