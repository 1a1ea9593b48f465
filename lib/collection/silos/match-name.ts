/** Longer patterns are lists, which nobody can read. */
const MAX_PATTERN_LENGTH = 200
/** What `{a,b}{c,d}` becomes; each is tried. */
const MAX_ALTERNATIVES = 50
/** Of all of them: each character is looked at for each of a name. */
const MAX_SPELT_LENGTH = 2_000

type Token =
  | { kind: 'character'; character: string }
  | { kind: 'class'; negated: boolean; ranges: readonly (readonly [string, string])[] }
  /** `?`, `*`, `**` and, in front of a slash, any number of folders. */
  | { kind: 'one' | 'star' | 'all' | 'folders' }

/** One way to spell each alternative of `{a,b}` out; null for braces that don't fit, or too many of them. */
function spellOut(pattern: string): string[] | null {
  const open = pattern.lastIndexOf('{')
  if (open < 0) return pattern.includes('}') ? null : [pattern]
  const close = pattern.indexOf('}', open)
  if (close < 0) return null
  const all: string[] = []
  for (const choice of pattern.slice(open + 1, close).split(',')) {
    const found = spellOut(pattern.slice(0, open) + choice + pattern.slice(close + 1))
    if (!found || all.length + found.length > MAX_ALTERNATIVES) return null
    all.push(...found)
  }
  return all
}

/** `[a-z_]` without its brackets; a hyphen at an end is one of the characters. */
function toClass(inner: string): Token {
  const negated = /^[!^]/.test(inner)
  const characters = [...(negated ? inner.slice(1) : inner)]
  const ranges: [string, string][] = []
  for (let at = 0; at < characters.length; at++) {
    const first = characters[at] ?? ''
    const last = characters[at + 2]
    const isRange = characters[at + 1] === '-' && last !== undefined
    ranges.push([first, isRange ? last : first])
    if (isRange) at += 2
  }
  return { kind: 'class', negated, ranges }
}

/** Always takes the next characters of the pattern, so it ends. */
const PART = /\*\*+\/|\*\*+|\*|\?|\[[!^]?[^\]/]+\]|./gsu

function toTokens(pattern: string): Token[] {
  return [...pattern.matchAll(PART)].map(([part]): Token => {
    if (part === '*') return { kind: 'star' }
    if (part === '?') return { kind: 'one' }
    if (part.startsWith('**')) return { kind: part.endsWith('/') ? 'folders' : 'all' }
    return part.length > 2 && part.startsWith('[')
      ? toClass(part.slice(1, -1))
      : { kind: 'character', character: part }
  })
}

const takes = (token: Token, character: string): boolean => {
  if (token.kind === 'character') return token.character === character
  if (token.kind === 'all' || token.kind === 'folders') return true
  if (character === '/') return false
  if (token.kind !== 'class') return true
  return token.negated !== token.ranges.some(([first, last]) => first <= character && character <= last)
}

/** As in a shell: a name that begins with a dot is hidden, unless the pattern begins with the dot as well. */
const showsDot = (token: Token, before: Token | undefined) =>
  token.kind === 'character' &&
  (!before || before.kind === 'folders' || (before.kind === 'character' && before.character === '/'))

const isRepeated = ({ kind }: Token) => kind === 'star' || kind === 'all' || kind === 'folders'

/** All places of the pattern at once, so that no pattern takes longer than its length times the name's. */
function matches(tokens: readonly Token[], name: string): boolean {
  const enter = (places: boolean[], place: number, isFirst: boolean) => {
    for (let at = place; !places[at]; at++) {
      places[at] = true
      const token = tokens[at]
      if (!token || !isRepeated(token) || (token.kind === 'folders' && !isFirst)) return
    }
  }
  let isFirst = true
  let places: boolean[] = []
  enter(places, 0, true)
  for (const character of name) {
    const next: boolean[] = []
    const isHidden = isFirst && character === '.'
    const isNextFirst = character === '/'
    for (const [at, token] of tokens.entries()) {
      if (!places[at] || !takes(token, character)) continue
      if (isHidden && !showsDot(token, tokens[at - 1])) continue
      enter(next, isRepeated(token) ? at : at + 1, isNextFirst)
    }
    places = next
    isFirst = isNextFirst
  }
  return places[tokens.length] === true
}

/** What is wrong with a pattern for names of files, for the person who wrote it. */
export function globComplaint(pattern: string): string | undefined {
  if (pattern === '') return 'Give a pattern for the names of files; * takes all.'
  if (pattern.length > MAX_PATTERN_LENGTH) return `At most ${MAX_PATTERN_LENGTH} characters.`
  if (/[\\\p{Cc}]/u.test(pattern)) return 'A pattern has no backslash: folders are parted by /.'
  if (pattern.startsWith('/') || pattern.split('/').includes('..'))
    return 'A pattern begins below the folder or prefix: without a leading slash, and without ..'
  if (/\{[^}]*\{/.test(pattern)) return 'Braces can’t stand in braces.'
  const all = spellOut(pattern)
  if (!all) return `Braces stand in pairs, {a,b}, and give at most ${MAX_ALTERNATIVES} alternatives in all.`
  if (all.join('').length > MAX_SPELT_LENGTH)
    return 'With its braces spelled out the pattern is too long. Write what they have in common once, or use *.'
  return undefined
}

/** Whether the pattern reaches below the folder or prefix itself. */
export const reachesBelow = (pattern: string): boolean => pattern.includes('/') || pattern.includes('**')

/**
 * Whether a silo with this pattern takes a file of the name: `*` and `?` stand for anything but a slash, `**` for
 * that too, `[a-z]` for one of them, `{a,b}` for either. What is packed with gzip may be meant with and without `.gz`.
 */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const alternatives = (spellOut(pattern) ?? []).map(toTokens)
  const isTaken = (name: string) => alternatives.some((tokens) => matches(tokens, name))
  return (name) => isTaken(name) || (/.\.gz$/i.test(name) && isTaken(name.slice(0, -3)))
}
