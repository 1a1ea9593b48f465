import type { Level } from '@/lib/event/levels'
import { timeOf } from './count-words'
import type { EventNote } from './event-note'

/** From here on the words about one event begin with its level. */
const NAMED_LEVELS: readonly Level[] = ['warning', 'error', 'critical']

/** `error: ` before what is out of the ordinary, nothing before the rest. Pure. */
export const levelPrefix = ({ level }: EventNote): string =>
  NAMED_LEVELS.includes(level) ? `${level}: ` : ''

/** What is known of an event beside its sentence, with names for people. Pure. */
export function factsOfNote(note: EventNote): [name: string, value: string][] {
  const facts: [string, string | undefined][] = [
    ['Time', timeOf(note.at)],
    ['Level', note.level],
    ['Log type', note.type],
    ['Action', note.action],
    ['Status', note.status],
    ['User', note.actor],
    ['IP address', note.ip],
    ['Target', note.target],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined)
}
