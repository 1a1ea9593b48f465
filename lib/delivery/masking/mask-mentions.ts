/** What stands for a hidden value. */
export const HIDDEN = '***'

/** Shorter values, such as `bob`, are parts of other words everywhere: they are looked for as whole words. */
const MIN_LENGTH_WITHIN = 4
/** Of the shorter ones those that may name somebody: no numbers and no single Latin letters. */
const SHORT_NAME = /\p{L}.|.\p{L}|\P{ASCII}/u
/** So many characters compared take a millisecond or two; only a text that was made for it needs more. */
const MAX_COMPARED = 4_000_000

type Mention = { value: string; replacement: string }

const isAscii = (text: string) => /^\p{ASCII}*$/u.test(text)
const isWordSign = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)

function foldSign(sign: string): string {
  const capital = sign.toUpperCase()
  const small = (capital.length === sign.length ? capital : sign).toLowerCase()
  return small.length === sign.length ? small : sign
}

/** The text with all cases of a letter made one. Each keeps its place, so that what is found is found in the text. */
const fold = (text: string) => (isAscii(text) ? text.toLowerCase() : [...text].map(foldSign).join(''))

/** The values by how they begin, the longest first. One that is longer than the text can't be mentioned in it. */
function groupMentions(replacements: ReadonlyMap<string, string>, maxLength: number): Map<string, Mention[]> {
  const groups = new Map<string, Mention[]>()
  const values = [...replacements].filter(([value]) => value.length > 0 && value.length <= maxLength)
  for (const [value, replacement] of values.sort(([a], [b]) => b.length - a.length)) {
    if (value.length < MIN_LENGTH_WITHIN && !SHORT_NAME.test(value)) continue
    const folded = fold(value)
    const start = folded.slice(0, MIN_LENGTH_WITHIN)
    const group = groups.get(start) ?? []
    group.push({ value: folded, replacement })
    groups.set(start, group)
  }
  return groups
}

/**
 * Replaces every mention of the given values in a text, whatever their case; of overlapping ones the longest. Where
 * looking for them would take long, nothing of the text is shown.
 */
export function maskMentions(text: string, replacements: ReadonlyMap<string, string>): string {
  const groups = groupMentions(replacements, text.length)
  if (groups.size === 0) return text
  const folded = fold(text)
  let compared = 0
  const isMention = ({ value }: Mention, at: number) => {
    compared += value.length
    if (!folded.startsWith(value, at)) return false
    const isWord = !isWordSign(text[at - 1]) && !isWordSign(text[at + value.length])
    return value.length >= MIN_LENGTH_WITHIN || isWord
  }
  const firstSigns = new Set([...groups.keys()].map((start) => start[0]))
  const find = (at: number): Mention | undefined => {
    for (let length = MIN_LENGTH_WITHIN; length > 0; length--) {
      const group = groups.get(folded.slice(at, at + length)) ?? []
      const found = group.find((mention) => compared <= MAX_COMPARED && isMention(mention, at))
      if (found) return found
    }
    return undefined
  }
  let masked = ''
  let shownFrom = 0
  for (let at = 0; at < text.length; ) {
    const found = firstSigns.has(folded[at]) ? find(at) : undefined
    if (compared > MAX_COMPARED) return HIDDEN
    if (found) masked += text.slice(shownFrom, at) + found.replacement
    at += found ? found.value.length : 1
    if (found) shownFrom = at
  }
  return masked + text.slice(shownFrom)
}
