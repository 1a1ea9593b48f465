import { countLevels, countTypes, number, plural, span } from '@/lib/delivery/digest/count-words'
import { describeAlarm, describeAlarms } from '@/lib/delivery/digest/describe-alarm'
import { factsOfNote, levelPrefix } from '@/lib/delivery/digest/describe-note'
import { type Digest, MAX_LISTED, mostSevere } from '@/lib/delivery/digest/digest'
import { eventLink, type Place, trailLink } from '@/lib/delivery/digest/digest-links'
import type { EventNote } from '@/lib/delivery/digest/event-note'
import type { Rule } from '@/lib/delivery/rules/rule'
import { cutLine, oneLine } from '@/lib/event/one-line'
import type { EventRow } from '@/lib/mail/event-table'
import type { Letter } from '@/lib/mail/letter'

/** More types are a matter for the trail. */
const NAMED_TYPES = 8

/** Of all tables together: what a digest lists at most. */
export const MAX_ROWS = MAX_LISTED
/** Of what others wrote, in signs: the longest sentence that Spoor makes of an event is hardly longer. */
const MAX_WORDS = 300
/** An alarm's words have a name in them, and what was done. */
const MAX_TITLE = 400

/** A letter, and the subject that it goes under. */
export type EventLetter = Letter & { subject: string }

/**
 * The letter about a digest: of one event its own sentence, of several their counts and those that are listed; where a
 * rule counts, its alarms. With fewer rows than are listed it has the most severe. Pure.
 */
export function eventLetter(digest: Digest, place: Place, rule?: Rule, maxRows = MAX_ROWS): EventLetter {
  const [first] = digest.listed
  if (digest.alarms && rule) return alarmLetter(digest, rule, place, maxRows)
  return first && digest.events === 1 ? letterOfOne(first, place) : letterOfMany(digest, place, maxRows)
}

/** What others wrote; each of its signs may become several that are seen. */
const said = (text: string, max = MAX_WORDS) => cutLine(oneLine(text), max)

/** The same without a word of the events, for servers that refuse what stands in them. Pure. */
export function countLetter(digest: Digest, place: Place): EventLetter {
  const { title, subject, facts = [], ...letter } = letterOfMany({ ...digest, types: [] }, place, 0)
  const paragraphs = ['The mail server refused a letter with the events in it, so this one only counts them.']
  return { ...letter, title, subject, paragraphs, facts, tables: [] }
}

function letterOfOne(note: EventNote, place: Place): EventLetter {
  const url = eventLink(note, place)
  const isTest = url === undefined
  return {
    subject: `[${place.tenant}] ${isTest ? 'Test: ' : levelPrefix(note)}${note.title}`,
    title: said(note.title),
    facts: factsOfNote(note).map(([name, value]) => [name, said(value)] as const),
    action: isTest ? { label: 'Open the channel', url: place.settingsUrl } : { label: 'Open the event', url },
    ...footOf(place),
  }
}

function letterOfMany(digest: Digest, place: Place, maxRows: number): EventLetter {
  const { events, levels, types, from, to } = digest
  const counted = countLevels(levels)
  const listed = mostSevere(digest.listed, maxRows)
  const more = events - listed.length
  return {
    subject: `[${place.tenant}] ${plural(events, 'event')}: ${counted}`,
    title: `${plural(events, 'event')} in ${place.tenant}`,
    facts: [
      ['Received', span(from, to)],
      ['Levels', counted],
      ...(types.length > 0 ? [['Log types', countTypes(types, NAMED_TYPES)] as const] : []),
    ],
    tables: [
      {
        rows: listed.map((note) => toRow(note, place)),
        ...(more > 0 && { more: moreOf(listed.length, more) }),
      },
    ],
    action: { label: events === 1 ? 'Open the event' : 'Open these events', url: trailLink(digest, place) },
    ...footOf(place),
  }
}

function alarmLetter(digest: Digest, rule: Rule, place: Place, maxRows: number): EventLetter {
  const { alarms = [], moreAlarms = 0, from, to } = digest
  const title = said(describeAlarms(digest, rule), MAX_TITLE)
  const listed = alarms.flatMap((alarm) => alarm.listed)
  const isOne = alarms.length === 1
  const shown = Math.floor(maxRows / alarms.length)
  return {
    subject: `[${place.tenant}] ${title}`,
    title,
    ...(moreAlarms > 0 && {
      paragraphs: [
        `Those with most events are listed; ${plural(moreAlarms, 'more alarm')} ${are(moreAlarms)} on the channel’s page.`,
      ],
    }),
    tables: alarms.map((alarm) => {
      const rows = alarm.listed
        .slice(Math.max(0, alarm.listed.length - shown))
        .map((note) => toRow(note, place))
      const more = alarm.events - rows.length
      return {
        ...(!isOne && { heading: said(describeAlarm(alarm, rule), MAX_TITLE) }),
        rows,
        ...(more > 0 && { more: `${number(more)} more ${are(more)} in the trail.` }),
      }
    }),
    action: {
      label: 'Open these events',
      url: trailLink({ from, to, listed, levels: {}, types: [] }, place),
    },
    ...footOf(place),
  }
}

const are = (count: number) => (count === 1 ? 'is' : 'are')

function moreOf(listed: number, more: number): string {
  const others = listed > 0 ? `The ${listed} most severe are listed; ${number(more)} more` : number(more)
  return `${others} ${are(more)} in the trail.`
}

const toRow = (note: EventNote, place: Place): EventRow => ({
  at: note.at,
  level: note.level,
  type: note.type,
  text: said(note.title),
  user: note.actor && said(note.actor),
  ip: note.ip,
  url: eventLink(note, place),
})

const footOf = ({ tenant, settingsUrl }: Place): Pick<Letter, 'footer' | 'settings'> => ({
  footer: `You get this because your address stands in the e-mail notifications of ${tenant}.`,
  settings: { label: 'Change when and where you get this', url: settingsUrl },
})
