/** How a person likes to read: kept in cookies, so that the server renders it right the first time. */
export type Theme = 'system' | 'light' | 'dark'
export const THEMES: readonly Theme[] = ['system', 'light', 'dark']

export const THEME_COOKIE = 'spoor-theme'
/** Holds the reader's own time zone when times are shown in it; without it they are shown in UTC. */
export const ZONE_COOKIE = 'spoor-zone'

const ONE_YEAR_S = 31_536_000

export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}

/** The zone if this runtime knows it, else UTC. */
export function parseTimeZone(value: string | undefined): string {
  if (!value) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/** A cookie that this site's scripts read too; an empty value removes it. */
export function preferenceCookie(name: string, value: string): string {
  const age = value ? ONE_YEAR_S : 0
  return `${name}=${encodeURIComponent(value)}; path=/; max-age=${age}; samesite=lax`
}
