import { including, trailHref } from '@/components/trail/trail-url'

/** What an event calls somebody or something, as far as the trail can be filtered by it. */
type Named = { role: 'actor' | 'target'; name: string | null; identity: string | null; refId: string | null }

/** The trail's events that have this name; null for a target without one, which no filter finds. */
export function trailHrefOf(trailPath: string, { role, name, identity, refId }: Named): string | null {
  const value = role === 'actor' ? (name ?? identity ?? refId) : name
  return value ? trailHref(trailPath, new URLSearchParams([[role, including(value)]])) : null
}
