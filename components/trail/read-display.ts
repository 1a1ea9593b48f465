import { cookies } from 'next/headers'
import { DISPLAY_COOKIE, parseDisplay, type TrailDisplay } from './trail-display'

/** How the trail is shown: as the address says, else as this browser keeps it. */
export async function readDisplay(address: URLSearchParams): Promise<TrailDisplay> {
  return parseDisplay((await cookies()).get(DISPLAY_COOKIE)?.value, address)
}
