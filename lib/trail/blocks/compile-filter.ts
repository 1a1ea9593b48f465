import { LEVELS } from '@/lib/event/levels'
import type { MentionCondition } from '@/lib/ledger/mentions/mention-condition'
import { CHOICE_NAMES, type ChoiceName, fieldSegments, type TrailFilter } from '@/lib/trail/filter'
import { resolveMoment } from '@/lib/trail/moments'
import type { Condition } from './condition'
import { fieldKind, OVERFULL } from './event-terms'
import { networkTerm, PREFIXES, toAddressBytes } from './networks'
import { isWord, splitSought } from './words'

const term = (name: string, value: string, exact = true): Condition => ({ kind: 'term', name, value, exact })
const any = (of: Condition[]): Condition => ({ kind: 'any', of })

/** The widest indexed network around the one sought; exact if that is it. */
function inNetwork(network: string): Condition {
  const [address = '', length] = network.split('/')
  const bytes = toAddressBytes(address)
  const bits = length === undefined ? bytes.length * 8 : Number(length)
  const indexed = PREFIXES[bytes.length === 4 ? 4 : 6].findLast((prefix) => prefix <= bits)
  return indexed === undefined
    ? { kind: 'unknown' }
    : term('ip', networkTerm(bytes, indexed), indexed === bits)
}

/** Each part and seam of the text somewhere in the event: all of the truth only where the text is one part. */
function containsText(text: string): Condition {
  const { parts, seams } = splitSought(text)
  if (parts.length === 0) return { kind: 'unknown' }
  const exact = parts.length === 1 && parts[0] === text.toLowerCase()
  const of = parts.map(
    (part): Condition => (isWord(part) ? { kind: 'part', part, exact } : term('text', part, exact)),
  )
  of.push(...seams.map((seam) => term('seam', seam, false)))
  return any([{ kind: 'all', of }, term(OVERFULL.words, '', false)])
}

/** A number is found in every spelling that JSON allows, so the usual one of an unusual spelling is a perhaps. */
function hasFieldValue(kind: string, value: string): Condition {
  const usual = value.trim() === '' ? value : String(Number(value))
  const spelledOtherwise = usual !== value && usual !== 'NaN'
  return any([term(kind, value), ...(spelledOtherwise ? [term(kind, usual, false)] : [])])
}

function hasField(path: string, values: string[]): Condition {
  const segments = fieldSegments(path)
  // A number, as C's strtol reads it, may be a place in a list, and what stands in lists is not indexed.
  if (segments.some((segment) => /^\s*[+-]?\d+$/.test(segment))) return { kind: 'unknown' }
  const has = values.map((value) => hasFieldValue(fieldKind(segments), value))
  return any([...has, term(OVERFULL.fields, '', false)])
}

function hasOneOf(name: ChoiceName, values: string[]): Condition {
  return any(values.map((value) => (name === 'ip' ? inNetwork(value) : term(name, value))))
}

function chosen(include: string[], exclude: string[], has: (values: string[]) => Condition): Condition[] {
  return [
    ...(include.length > 0 ? [has(include)] : []),
    ...(exclude.length > 0 ? [{ kind: 'not' as const, of: has(exclude) }] : []),
  ]
}

/** The same filter as `filterConditions`, for the block index, and what the mentions must say. */
export function compileFilter(
  filter: TrailFilter,
  nowMs: number,
  mentions: MentionCondition | null = null,
): Condition {
  const of: Condition[] = mentions ? [{ kind: 'mention', of: mentions }] : []
  for (const name of CHOICE_NAMES) {
    const { include = [], exclude = [] } = filter[name] ?? {}
    if (name === 'q') {
      of.push(...include.map(containsText))
      of.push(...exclude.map((text): Condition => ({ kind: 'not', of: containsText(text) })))
    } else {
      of.push(...chosen(include, exclude, (values) => hasOneOf(name, values)))
    }
  }
  for (const [path, { include, exclude }] of Object.entries(filter.fields ?? {}))
    of.push(...chosen(include, exclude, (values) => hasField(path, values)))
  if (filter.minLevel)
    of.push(any(LEVELS.slice(LEVELS.indexOf(filter.minLevel)).map((level) => term('level', level))))
  if (filter.from || filter.to)
    of.push({
      kind: 'time',
      from: filter.from ? Date.parse(resolveMoment(filter.from, nowMs)) : Number.NEGATIVE_INFINITY,
      to: filter.to ? Date.parse(resolveMoment(filter.to, nowMs)) : Number.POSITIVE_INFINITY,
    })
  return { kind: 'all', of }
}
