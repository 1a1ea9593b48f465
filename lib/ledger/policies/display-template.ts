/** A piece of a template: text as it stands, or names of which the first that is not blank is shown. */
type Piece = string | readonly string[]

/** `{identity|display_name} ({organisation})`, compiled. */
export type DisplayTemplate = { pieces: readonly Piece[]; names: readonly string[] }

/** Throws an Error that says for people what is wrong with it. */
export function parseDisplay(template: string): DisplayTemplate {
  const pieces: Piece[] = []
  let at = 0
  while (at < template.length) {
    const open = indexFrom(template, '{', at)
    const text = template.slice(at, open)
    if (text.includes('}')) throw new Error('A bracket } is closed that was not opened.')
    if (text) pieces.push(text)
    if (open === template.length) break
    const close = indexFrom(template, '}', open)
    if (close === template.length) throw new Error('A bracket { is not closed.')
    pieces.push(parseNames(template.slice(open + 1, close)))
    at = close + 1
  }
  const names = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : piece))
  if (names.length === 0)
    throw new Error('It shows the same for everybody. Name something of the entity, such as {display_name}.')
  return { pieces, names: [...new Set(names)] }
}

function indexFrom(text: string, letter: string, at: number): number {
  const found = text.indexOf(letter, at)
  return found < 0 ? text.length : found
}

function parseNames(inside: string): string[] {
  const names = inside.split('|').map((name) => name.trim().toLowerCase())
  for (const name of names) {
    if (name === '') throw new Error(`{${inside}} lacks a name. Write {display_name}, say.`)
    if (name.includes('{')) throw new Error('A bracket { stands within another one.')
  }
  return names
}

/** Stands where something blank was; no text of an event or ledger has it. */
const GAP = '\0'
const EMPTY_BRACKETS = /\s*(?:\([\s\0]+\)|\[[\s\0]+\]|<[\s\0]+>)/g
const SEPARATOR = String.raw`(?:\s*[-–—·•|,;:/\\]+\s*|\s+)`

/** The longest text that is kept of a name that is shown. */
const MAX_SHOWN_LENGTH = 500

/**
 * What a template shows, `findValue` giving what stands behind a name; '' where all of it is blank. With a blank go the
 * brackets around it and the separator before it.
 */
export function renderDisplay({ pieces }: DisplayTemplate, findValue: (name: string) => string): string {
  const shown: string[] = []
  let hasValue = false
  let plain = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      plain += piece
      continue
    }
    const value = firstFilled(piece, findValue)
    if (value === '') {
      plain += GAP
      continue
    }
    shown.push(tidy(plain, !hasValue, false), value)
    hasValue = true
    plain = ''
  }
  if (!hasValue) return ''
  shown.push(tidy(plain, false, true))
  return shown.join('').trim().slice(0, MAX_SHOWN_LENGTH).toWellFormed()
}

function firstFilled(names: readonly string[], findValue: (name: string) => string): string {
  for (const name of names) {
    const value = findValue(name).trim()
    if (value !== '') return value
  }
  return ''
}

const GAP_AT_START = new RegExp(`^\\0${SEPARATOR}?`)
const GAP_AT_END = new RegExp(`${SEPARATOR}?\\0$`)
const GAP_WITHIN = new RegExp(`${SEPARATOR}?\\0`, 'g')

/** Text between two values (or before the first, or behind the last), without what belonged to blanks. */
function tidy(plain: string, isFirst: boolean, isLast: boolean): string {
  if (!plain.includes(GAP)) return plain
  let text = plain.replace(EMPTY_BRACKETS, GAP)
  while (isFirst && GAP_AT_START.test(text)) text = text.replace(GAP_AT_START, '')
  while (isLast && GAP_AT_END.test(text)) text = text.replace(GAP_AT_END, '')
  return text.replace(GAP_WITHIN, '').replaceAll(GAP, '')
}
