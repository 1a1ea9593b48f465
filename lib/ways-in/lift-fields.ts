import { isIP } from 'node:net'
import type { EventInput } from '@/lib/event/event-input'
import { fitText, MAX_ACTION, MAX_MESSAGE, MAX_SHORT_TEXT } from './fit'
import { levelOfWord } from './level-of-word'
import { statusOfWord } from './status-of-word'

type ActorField = keyof NonNullable<EventInput['actor']>
type TargetField = keyof NonNullable<EventInput['targets']>[number]
type PlainField = 'message' | 'level' | 'action' | 'status' | 'code' | 'category' | 'source' | 'destination'
type LiftedField = PlainField | `actor.${ActorField}` | `target.${TargetField}`

/** For each of our fields the names under which others send it, most telling first. */
export type WellKnownNames = Partial<Record<LiftedField, readonly string[]>>

const MAX_USER_AGENT = 4096
const LONGER: Partial<Record<LiftedField, number>> = {
  message: MAX_MESSAGE,
  action: MAX_ACTION,
  'actor.userAgent': MAX_USER_AGENT,
}

const toAddress = (text: string) => (isIP(text) !== 0 && !text.includes('%') ? text : undefined)
/** Fields that take some values only: others stay where they are. */
const READERS: Partial<Record<LiftedField, (text: string) => string | undefined>> = {
  level: levelOfWord,
  status: statusOfWord,
  'actor.ip': toAddress,
}

function readText(field: LiftedField, value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value)
  if (text.trim() === '') return undefined
  return READERS[field] ? READERS[field](text) : fitText(text, LONGER[field] ?? MAX_SHORT_TEXT)
}

function find(field: LiftedField, names: readonly string[], places: Record<string, unknown>[]) {
  for (const place of places) {
    for (const name of names) {
      const text = Object.hasOwn(place, name) ? readText(field, place[name]) : undefined
      if (text !== undefined) return text
    }
  }
  return undefined
}

/** The fields of an event that well-known names in `places` tell; the first place and name that fit win. */
export function liftFields(
  wellKnown: WellKnownNames,
  places: Record<string, unknown>[],
): Record<string, unknown> {
  const lifted: Record<string, unknown> = {}
  const actor: Record<string, string> = {}
  const target: Record<string, string> = {}
  for (const [field, names] of Object.entries(wellKnown)) {
    const text = find(field as LiftedField, names, places)
    if (text === undefined) continue
    if (field.startsWith('actor.')) actor[field.slice('actor.'.length)] = text
    else if (field.startsWith('target.')) target[field.slice('target.'.length)] = text
    else lifted[field] = text
  }
  if (Object.keys(actor).length > 0) lifted.actor = actor
  if (Object.keys(target).length > 0) lifted.targets = [target]
  return lifted
}
