import { countLevels, countTypes, number, plural, span, timeOf } from '@/lib/delivery/digest/count-words'
import { describeAlarm, describeAlarms } from '@/lib/delivery/digest/describe-alarm'
import { factsOfNote, levelPrefix } from '@/lib/delivery/digest/describe-note'
import { type Alarm, type Digest, mostSevere } from '@/lib/delivery/digest/digest'
import { eventLink, type Place, trailLink } from '@/lib/delivery/digest/digest-links'
import type { EventNote } from '@/lib/delivery/digest/event-note'
import type { Rule } from '@/lib/delivery/rules/rule'
import { LEVELS, type Level } from '@/lib/event/levels'
import { MAX_LINES, MAX_NAME, MAX_TYPES, MAX_WORDS } from './limits'
import { neutralText } from './neutral-text'

/** What a message says, in whatever form it goes. Nothing in it that others wrote is more than text. */
export type Notice = {
  /** All that a phone shows. */
  summary: string
  level: Level
  link: { label: string; url: string }
  /** One an event, or an alarm. */
  lines: string[]
  /** What the lines leave out. */
  more?: string
  facts: [label: string, value: string][]
  footer: string
  /** RFC 3339 UTC. */
  at: string
}

type NoticeOptions = {
  rule?: Rule | undefined
  /** For all lines together. */
  maxText: number
  /** An earlier try got no clear answer. */
  mayHaveArrived: boolean
}

const words = (text: string) => neutralText(text, MAX_WORDS)
const name = (text: string) => neutralText(text, MAX_NAME)

/** The message about a digest: of one event what is known of it, of several counts and a list, or alarms. Pure. */
export function noticeOf(digest: Digest, place: Place, options: NoticeOptions): Notice {
  const { rule, mayHaveArrived } = options
  const [first] = digest.listed
  const isTest = digest.firstSeq < 0
  const footer = mayHaveArrived
    ? `Spoor · ${place.tenant} · sent again, it may be here already`
    : `Spoor · ${place.tenant}`
  const always = { footer, at: digest.to }
  if (digest.alarms && rule)
    return { ...always, ...alarmNotice(digest, digest.alarms, rule, place, options.maxText) }
  if (first && isTest) return { ...always, ...testNotice(first, place) }
  if (first && digest.events === 1) return { ...always, ...noticeOfOne(first, place) }
  return { ...always, ...noticeOfMany(digest, place, options.maxText) }
}

type Said = Omit<Notice, 'footer' | 'at'>

function testNotice(note: EventNote, place: Place): Said {
  return {
    summary: `Test message: this channel of ${place.tenant} works`,
    level: note.level,
    link: { label: 'Open the channel', url: place.settingsUrl },
    lines: [words(note.title)],
    facts: filled([['User', name(note.actor ?? '')]]),
  }
}

function noticeOfOne(note: EventNote, place: Place): Said {
  return {
    summary: `${place.tenant}: ${levelPrefix(note)}${words(note.title)}`,
    level: note.level,
    link: { label: 'Open the event', url: eventLink(note, place) ?? place.url },
    lines: [],
    facts: filled(factsOfNote(note).map(([label, value]) => [label, name(value)])),
  }
}

function noticeOfMany(digest: Digest, place: Place, maxText: number): Said {
  const { events, levels, types, listed, from, to } = digest
  const lines = withinText(mostSevere(listed, MAX_LINES).map(lineOf), maxText)
  return {
    summary: `${plural(events, 'event')} in ${place.tenant}: ${countLevels(levels)}`,
    level: highest(levels),
    link: { label: 'Open these events', url: trailLink(digest, place) },
    lines,
    ...moreThan(lines.length, events),
    facts: [
      ['Levels', countLevels(levels)],
      ['Log types', namedTypes(types)],
      ['Received', span(from, to)],
    ],
  }
}

/** Of one alarm its events are listed, of several what each is about. */
function alarmNotice(
  digest: Digest,
  alarms: readonly Alarm[],
  rule: Rule,
  place: Place,
  maxText: number,
): Said {
  const { events, levels, types, from, to, moreAlarms = 0 } = digest
  const listed = alarms.flatMap((alarm) => alarm.listed)
  const [only, other] = alarms
  const one = other ? undefined : only
  const all = one
    ? mostSevere(listed, MAX_LINES).map(lineOf)
    : alarms.map((alarm) => words(describeAlarm(alarm, rule)))
  const lines = withinText(all.slice(0, MAX_LINES), maxText)
  const count = alarms.length + moreAlarms
  return {
    summary: `${one ? 'Alarm in ' : ''}${place.tenant}: ${words(describeAlarms(digest, rule))}`,
    level: highest(levels),
    link: { label: 'Open these events', url: trailLink({ from, to, listed, levels: {}, types: [] }, place) },
    lines,
    ...moreThan(lines.length, one ? events : count),
    facts: filled([
      [GROUPS[rule.per], name(one?.group ?? '')],
      ['Events', number(events)],
      ['Log types', namedTypes(types)],
      ['Counted', span(from, to)],
    ]),
  }
}

/** Discord refuses a whole message for a value that is empty, as a name of spaces is. */
const filled = (facts: Notice['facts']) => facts.filter(([, value]) => value !== '')

const GROUPS: Record<Rule['per'], string> = { actor: 'User', target: 'Target', ip: 'IP address', all: '' }

const highest = (levels: Digest['levels']): Level =>
  LEVELS.findLast((level) => levels[level] !== undefined) ?? 'info'

const namedTypes = (types: Digest['types']) => neutralText(countTypes(types, MAX_TYPES), MAX_WORDS)

/** What the sentence says already is not said again. Others' words come last, where nothing follows to be turned. */
function lineOf({ at, level, type, title, actor, ip, status }: EventNote): string {
  const beside = [actor, ip].filter((value) => value && !title.includes(value)) as string[]
  const failed = status === 'fail' && !/fail|without success/i.test(title) ? ['failed'] : []
  const known = [timeOf(at), level, name(type), ...failed, ...beside.map(name)]
  return `${known.join(' · ')} · ${words(title)}`
}

function withinText(lines: readonly string[], max: number): string[] {
  let length = 0
  return lines.filter((line) => {
    length += line.length + 1
    return length <= max
  })
}

function moreThan(shown: number, all: number): { more?: string } {
  const more = all - shown
  return more > 0 ? { more: `… and ${number(more)} more in the trail` } : {}
}
