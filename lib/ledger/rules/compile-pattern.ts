import { RE2JS } from 're2js'

/** Instructions of a compiled pattern. A name of 1,024 letters then takes milliseconds at the worst, most take microseconds. */
const MAX_PROGRAM = 500
/** Longer texts are no names; patterns find nothing in them. */
const MAX_TEXT_LENGTH = 1024
/** Patterns that are kept compiled; more than one workspace of many rules has. */
const MAX_KEPT = 500

/** A regular expression (RE2 syntax) that takes linear time, whatever it and the text are. */
export type Pattern = {
  fits: (text: string) => boolean
  /** What its first group has found in a text, or all that it found where it has none; undefined: nothing. */
  capture: (text: string) => string | undefined
}

const kept = new Map<string, Pattern>()

/** Throws an Error that says for people what is wrong with the pattern. */
export function compilePattern(source: string): Pattern {
  const known = kept.get(source)
  if (known) return known
  const pattern = compile(source)
  if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value as string)
  kept.set(source, pattern)
  return pattern
}

function compile(source: string): Pattern {
  const compiled = parse(source)
  if (compiled.programSize() > MAX_PROGRAM)
    throw new Error('The pattern is too large. Repeat less, or make it more general.')
  const group = compiled.groupCount() > 0 ? 1 : 0
  return {
    fits: (text) => text.length <= MAX_TEXT_LENGTH && compiled.matcher(text).find(),
    capture(text) {
      if (text.length > MAX_TEXT_LENGTH) return undefined
      const matcher = compiled.matcher(text)
      return matcher.find() ? (matcher.group(group) ?? undefined) : undefined
    },
  }
}

function parse(source: string): RE2JS {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    throw new Error(explain(error, source), { cause: error })
  }
}

const WORDS: Record<string, string> = {
  'missing closing )': 'A bracket ( is not closed',
  'unexpected )': 'A bracket ) is closed that was not opened',
  'missing closing ]': 'A bracket [ is not closed',
  'missing argument to repetition operator': 'There is nothing to repeat',
  'invalid nested repetition operator': 'A repetition is repeated',
  'invalid repeat count': 'Something is repeated more than 1,000 times',
  'invalid escape sequence': 'Nothing is meant by',
  'invalid or unsupported Perl syntax': 'Looking ahead and behind is not possible in time, so there is no',
  'trailing backslash at end of expression': 'The backslash at the end stands before nothing',
}

/** The library's own words, or better ones, with the part that it is about. */
function explain(error: unknown, source: string): string {
  const { error: reason, input } = error as { error?: unknown; input?: unknown }
  if (typeof reason !== 'string') return 'The pattern is too complicated. Make it simpler.'
  const about = typeof input === 'string' && input !== '' && input !== source ? `: ${input}` : ''
  const place = about === '' ? -1 : source.indexOf(input as string)
  const at = place < 0 ? '' : ` (at letter ${place + 1})`
  return `${WORDS[reason] ?? `The pattern cannot be read: ${reason}`}${about}${at}.`
}
