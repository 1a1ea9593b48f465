import type { Rule } from '@/lib/delivery/rules/rule'
import { LEVELS, type Level } from '@/lib/event/levels'
import { titleOf } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'
import { plainLine } from './plain-line'

/** Notifications of desktops are cut after two or three lines. */
const MAX_TITLE = 160
const MAX_NAME = 80

/** A row of `notifications`, as far as a reader's words depend on it. */
export type RungRow = {
  number: number
  at: Date
  destinationId: string | null
  message: string | null
  path: string | null
  events: number
  levels: Partial<Record<Level, number>>
  listed: readonly number[]
  rule: Pick<Rule, 'count' | 'withinSeconds' | 'per'> | null
  isUnread: boolean
  isFresh: boolean
}

/** An event that a notification lists. Without `href` there is nothing left of it. */
export type ListedEvent = { title: string; level: Level | null; href: string | null }

/**
 * A notification in words, for one reader: plain text throughout. `level` is the highest of its events, null where
 * it tells of none. `href` leads to what it is about. `isFresh` where it may still pop up.
 */
export type BellNote = {
  number: number
  /** RFC 3339 UTC. */
  at: string
  title: string
  level: Level | null
  events: number
  listed: ListedEvent[]
  href: string
  channelId: string | null
  isUnread: boolean
  isFresh: boolean
}

/** Puts a notification into words, with the events that the trail still has, by seq. Pure. */
export function toBellNote(row: RungRow, stored: ReadonlyMap<number, StoredEvent>, slug: string): BellNote {
  const { number, at, destinationId, events, isUnread, isFresh } = row
  const listed = row.listed.map((seq) => toListed(stored.get(seq), slug))
  return {
    number,
    at: at.toISOString(),
    title: plainLine(titleOfNote(row, listed, stored), MAX_TITLE),
    level: highestLevel(row),
    events,
    listed: row.message === null && (events > 1 || row.rule) ? listed : [],
    href: hrefOf(row, listed, slug),
    channelId: destinationId,
    isUnread,
    isFresh,
  }
}

function toListed(event: StoredEvent | undefined, slug: string): ListedEvent {
  if (!event) return { title: 'An event that is not kept any more', level: null, href: null }
  const title = plainLine(titleOf(event), MAX_TITLE)
  return { title, level: event.level, href: `/${slug}/trail/${event.id}` }
}

function titleOfNote(row: RungRow, listed: ListedEvent[], stored: ReadonlyMap<number, StoredEvent>): string {
  const [first] = listed
  if (row.message !== null) return row.message
  if (row.rule) return titleOfAlarm(row.rule, row.listed, stored)
  if (row.events === 1 && first) return first.title
  return `${row.events.toLocaleString('en')} events: ${countLevels(row.levels)}`
}

function titleOfAlarm(
  { count, withinSeconds, per }: NonNullable<RungRow['rule']>,
  alarms: readonly number[],
  stored: ReadonlyMap<number, StoredEvent>,
): string {
  const [seq = -1] = alarms
  const whose = { actor: 'by one actor', target: 'on one target', ip: 'from one address', all: '' }[per]
  const name = alarms.length === 1 ? nameOfGroup(stored.get(seq), per) : undefined
  const named = name && `${whose.split(' ')[0]} ${plainLine(name, MAX_NAME)}`
  const events = [count.toLocaleString('en'), count === 1 ? 'event' : 'events', named ?? whose]
  const words = `${events.filter(Boolean).join(' ')} within ${describeTime(withinSeconds)}`
  return alarms.length > 1 ? `${alarms.length} alarms: ${words} each` : words
}

function nameOfGroup(event: StoredEvent | undefined, per: Rule['per']): string | undefined {
  const { actor, targets: [target] = [] } = event ?? {}
  if (per === 'ip') return actor?.ip
  if (per === 'actor') return actor?.identity ?? actor?.login ?? actor?.id
  return per === 'target' ? (target?.name ?? target?.id) : undefined
}

/** The most severe first: `2 error, 10 info`. */
function countLevels(levels: RungRow['levels']): string {
  const counts = LEVELS.toReversed().flatMap((level) =>
    levels[level] ? [`${levels[level].toLocaleString('en')} ${level}`] : [],
  )
  return counts.join(', ')
}

const highestLevel = ({ levels }: RungRow): Level | null => LEVELS.findLast((level) => levels[level]) ?? null

function hrefOf({ number, message, path, events }: RungRow, [first]: ListedEvent[], slug: string): string {
  if (message !== null) return `/${slug}/${(path ?? '').replace(/^\/+/, '')}`
  if (events === 1 && first?.href) return first.href
  return `/${slug}/notifications?before=${number + 1}`
}

const UNITS: [seconds: number, name: string][] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

function describeTime(seconds: number): string {
  const [size, name] = UNITS.find(([unit]) => seconds % unit === 0) ?? [1, 'second']
  const count = seconds / size
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
