import { LEVELS } from '@/lib/event/levels'
import type { Letter } from '@/lib/mail/letter'
import type { EventNote } from './format'

/** Nobody reads on; the trail has them all. */
const LISTED_EVENTS = 50
const LISTED_TYPES = 8

/** Where the letter's reader finds the rest: the workspace, and its address in the console. */
export type Place = { tenant: string; url: string }

const timeOf = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`
const severityOf = ({ level }: EventNote) => LEVELS.indexOf(level)

/** The letter about some events: one has its own sentence as its subject, several are counted and listed. Pure. */
export function eventLetter(notes: readonly EventNote[], place: Place): Letter {
  const [first] = notes
  return first && notes.length === 1 ? letterOfOne(first, place) : letterOfMany(notes, place)
}

/** The same without a word of the events, for servers that refuse what stands in them. Pure. */
export function countLetter(notes: readonly EventNote[], place: Place): Letter {
  const { title, facts = [], action, footer } = letterOfMany(notes, place)
  const paragraphs = ['The mail server refused a letter with the events in it, so this one only counts them.']
  return { title, paragraphs, facts, ...(action && { action }), ...(footer && { footer }) }
}

function letterOfOne(note: EventNote, { tenant, url }: Place): Letter {
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
  return {
    title: note.title,
    facts: facts.filter((fact): fact is [string, string] => fact[1] !== undefined),
    action: { label: 'Open the event', url: `${url}/trail/${note.id}` },
    footer: footerFor(tenant),
  }
}

function letterOfMany(notes: readonly EventNote[], { tenant, url }: Place): Letter {
  const times = notes.map(({ at }) => at).sort()
  const levels = [...LEVELS].reverse().map((level) => [level, notes.filter((n) => n.level === level).length])
  const types = countTypes(notes)
  const listed = mostImportant(notes)
  const items = listed.map((note) => ({
    text: note.title,
    note: [timeOf(note.at), note.level, note.type, note.actor, note.ip].filter(Boolean).join(' · '),
  }))
  const more = notes.length - listed.length
  return {
    title: `${notes.length.toLocaleString('en')} events in ${tenant}`,
    ...(more > 0 && {
      paragraphs: [`The ${LISTED_EVENTS} most severe are listed; ${more} more are in the trail.`],
    }),
    facts: [
      ['Time', [...new Set([times[0], times.at(-1)])].map((at) => timeOf(at ?? '')).join(' to ')],
      [
        'Levels',
        levels
          .filter(([, count]) => count !== 0)
          .map(([level, count]) => `${count} ${level}`)
          .join(', '),
      ],
      ['Log types', types],
    ],
    items,
    action: { label: 'Open the trail', url: `${url}/trail` },
    footer: footerFor(tenant),
  }
}

function countTypes(notes: readonly EventNote[]): string {
  const counts = new Map<string, number>()
  for (const { type } of notes) counts.set(type, (counts.get(type) ?? 0) + 1)
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const shown = sorted.slice(0, LISTED_TYPES).map(([type, count]) => `${count} ${type}`)
  const more = sorted.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more types` : ''}`
}

/** In the order of the trail. */
function mostImportant(notes: readonly EventNote[]): EventNote[] {
  const bySeverity = [...notes].sort((a, b) => severityOf(b) - severityOf(a) || a.seq - b.seq)
  return bySeverity.slice(0, LISTED_EVENTS).sort((a, b) => a.seq - b.seq)
}

const footerFor = (tenant: string) =>
  `You get this because your address stands in the e-mail notifications of ${tenant}.`
