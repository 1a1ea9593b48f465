import type { StoredEvent } from './stored-event'

type Party = {
  identity?: string | undefined
  login?: string | undefined
  name?: string | undefined
  id?: string | undefined
}

const nameOf = (party: Party | undefined) => party?.identity ?? party?.login ?? party?.name ?? party?.id

function targetWords(event: StoredEvent): string {
  const [first, second] = event.targets ?? []
  const words = [first, second].map((target) => {
    const name = nameOf(target)
    if (!name) return target?.type
    return target?.type ? `${target.type} ${name}` : name
  })
  return words.filter(Boolean).join(', ')
}

/** One sentence for people: the event's own message, or who did what to what, from where, and how it ended. */
export function sentence(event: StoredEvent): string {
  if (event.message) return event.message
  const actor = nameOf(event.actor) ?? 'Somebody'
  const behalf = nameOf(event.onBehalfOf)
  const target = targetWords(event)
  const place = event.actor?.ip ?? event.source
  return [
    actor,
    behalf && `(for ${behalf})`,
    event.action,
    target,
    place && `from ${place}`,
    event.status === 'fail' && 'without success',
  ]
    .filter(Boolean)
    .join(' ')
}
