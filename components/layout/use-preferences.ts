'use client'

import { useRouter } from 'next/navigation'
import { preferenceCookie, THEME_COOKIE, type Theme, ZONE_COOKIE } from './preferences'

/** Sets and keeps the theme and the zone of times. */
export function usePreferences() {
  const router = useRouter()
  return {
    setTheme(theme: Theme) {
      keep(preferenceCookie(THEME_COOKIE, theme === 'system' ? '' : theme))
      document.documentElement.dataset.theme = theme
    },
    setTimeZone(zone: 'utc' | 'local') {
      const local = Intl.DateTimeFormat().resolvedOptions().timeZone
      keep(preferenceCookie(ZONE_COOKIE, zone === 'local' ? local : ''))
      router.refresh()
    },
  }
}

function keep(cookie: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain http
  document.cookie = cookie
}
