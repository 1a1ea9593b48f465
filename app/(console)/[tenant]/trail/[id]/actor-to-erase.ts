import type { StoredEvent } from '@/lib/event/stored-event'

/** Who acted, with the address at which everything about them is erased; nothing where nobody is named. */
export function actorToErase(
  { actor = {} }: StoredEvent,
  path: string,
): { actor?: { name: string; href: string } } {
  const names = [actor.login, actor.identity, actor.id].filter((name) => name !== undefined)
  const [name] = names
  if (name === undefined) return {}
  const params = new URLSearchParams([...new Set(names)].map((one) => ['actor', one]))
  return { actor: { name, href: `${path}?${params}` } }
}
