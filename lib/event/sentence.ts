import type { StoredEvent } from './stored-event'

/** Longer, a message is read in its own place and no title. */
const MAX_TITLE_LENGTH = 160
/** A name of a thousand characters would hide the rest of the sentence. */
const MAX_NAME_LENGTH = 80
/** Of up to sixteen targets, those that filters know. */
const NAMED_TARGETS = 2

type Party = {
  identity?: string | undefined
  login?: string | undefined
  name?: string | undefined
  id?: string | undefined
}

const nameOf = (party: Party | undefined) =>
  shorten(party?.identity ?? party?.login ?? party?.name ?? party?.id)

function shorten(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  const signs = [...name]
  return signs.length > MAX_NAME_LENGTH ? `${signs.slice(0, MAX_NAME_LENGTH - 1).join('')}…` : name
}

function targetWords({ targets = [] }: StoredEvent): string {
  const words = targets.slice(0, NAMED_TARGETS).map((target) => {
    return [shorten(target.type), nameOf(target)].filter(Boolean).join(' ')
  })
  const more = targets.length - NAMED_TARGETS
  return `${words.filter(Boolean).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Who did what to what, from where, and how it ended; an event that names nobody begins with its type. */
export function describeEvent(event: StoredEvent): string {
  const actor = nameOf(event.actor)
  const behalf = nameOf(event.onBehalfOf)
  const place = event.actor?.ip ?? shorten(event.source)
  // Who and what are gone: the words that stand in their place make no sentence.
  if (event.erased && !actor && event.action === 'erased')
    return event.type === 'erased' ? 'an event that was erased' : `${event.type}: an event that was erased`
  return [
    actor ?? `${event.type}:`,
    behalf && `(for ${behalf})`,
    event.action,
    targetWords(event),
    event.count && event.count > 1 && `${event.count.toLocaleString('en')} times`,
    place && `from ${place}`,
    event.status === 'fail' && 'without success',
  ]
    .filter(Boolean)
    .join(' ')
}

/** One sentence for people: the event's own message, or what its fields say. */
export function sentence(event: StoredEvent): string {
  return event.message?.trim() ? event.message : describeEvent(event)
}

/** The sentence as a title: a message that is too long for one, or has several lines, gives way to the fields. */
export function titleOf(event: StoredEvent): string {
  const text = event.message?.trim()
  return text && text.length <= MAX_TITLE_LENGTH && !text.includes('\n') ? text : describeEvent(event)
}
