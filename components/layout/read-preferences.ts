import { cookies } from 'next/headers'
import { parseTheme, parseTimeZone, THEME_COOKIE, type Theme, ZONE_COOKIE } from './preferences'

export async function readPreferences(): Promise<{ theme: Theme; timeZone: string }> {
  const jar = await cookies()
  return {
    theme: parseTheme(jar.get(THEME_COOKIE)?.value),
    timeZone: parseTimeZone(jar.get(ZONE_COOKIE)?.value),
  }
}
