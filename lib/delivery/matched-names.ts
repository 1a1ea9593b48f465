import { cutLine } from '@/lib/event/one-line'
import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEntity, MatchedEvent } from '@/lib/ledger/matched/matched-event'

/** A sentence has 80 signs for a name: behind a longer display name what the event says would be lost. */
const MAX_DISPLAY_LENGTH = 50

/** The name that the ledger gives somebody or something; none where several fit, of which nobody knows which it was. */
export const matchedName = (match: MatchedEntity | null | undefined): string | undefined =>
  match && !match.candidates ? match.display : undefined

/** The organisation of the person behind it. */
export const matchedOrganisation = (match: MatchedEntity | null | undefined): string | undefined =>
  match?.candidates ? undefined : match?.organisation?.display

/** The person's own name, of whom an account is; `display` may say more than that. */
export const matchedPerson = (match: MatchedEntity | null | undefined): string | undefined =>
  match?.candidates ? undefined : (match?.identity?.display ?? match?.display)

/** Only what was found, for documents that leave out what is empty. */
export const foundMatches = (matched: MatchedEvent | undefined): MatchedEvent | undefined =>
  matched && Object.keys(matched).length > 0 ? matched : undefined

/** `Walter Ardog (wardog)`: the ledger's name, and behind it what the event says. */
export function withMatchedName(
  raw: string | null | undefined,
  match: MatchedEntity | null | undefined,
): string | undefined {
  const name = matchedName(match)
  if (name === undefined || name === raw) return raw ?? undefined
  const display = cutLine(name, MAX_DISPLAY_LENGTH)
  return raw ? `${display} (${raw})` : display
}

/** The event as it is told to people: with names of the ledger where it has some. Pure. */
export function withMatchedNames(event: StoredEvent, matched: MatchedEvent | undefined): StoredEvent {
  const { actor, targets } = event
  if (!matched?.actor && !matched?.targets) return event
  const identity = actor && withMatchedName(actor.login ?? actor.identity ?? actor.id, matched.actor)
  return {
    ...event,
    ...(matched.actor && actor && { actor: { ...actor, identity } }),
    ...(matched.targets &&
      targets && {
        targets: targets.map((target, place) => {
          const name = withMatchedName(target.name ?? target.id, matched.targets?.[place])
          return name === undefined ? target : { ...target, name }
        }),
      }),
  }
}

/** One sentence for people, with names of the ledger. Pure. */
export const sentenceOf = (event: StoredEvent, matched: MatchedEvent | undefined): string =>
  sentence(withMatchedNames(event, matched))
