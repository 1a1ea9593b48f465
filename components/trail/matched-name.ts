import type { MatchedEntity, ShownEntity } from '@/lib/ledger/matched/matched-event'

/** What the ledger knows behind an actor or target, as far as a table shows it. */
export type MatchedName = {
  /** Shown instead of the raw name; where several fit, the raw name stays. */
  display?: string
  /** The event's own words, which stand behind the display name. */
  raw: string
  /** The person behind it, else the entity: what a click looks for, `identity:pgustavo`. */
  entity?: string
  /** Its page in the ledger. */
  id?: string
  /** Where several fit: these. */
  candidates?: string[]
}

/** The value of a filter that finds all of this entity, over all that belongs to it. */
export const entityValue = ({ type, key }: Pick<ShownEntity, 'type' | 'key'>): string => `${type}:${key}`

/** `raw` is what the event says, with its repository or parent if it has one. */
export function toMatchedName(matched: MatchedEntity, raw: string): MatchedName {
  const { id, type, key, display, identity, candidates } = matched
  if (candidates) return { raw, candidates: candidates.map(shownName) }
  const own = type && key !== undefined ? entityValue({ type, key }) : undefined
  const entity = identity ? entityValue(identity) : own
  return { display, raw, ...(entity && { entity }), ...(id && { id }) }
}

function shownName({ display, key }: ShownEntity): string {
  return display === key ? display : `${display} (${key})`
}
