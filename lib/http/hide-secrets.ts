import { readEscapes } from './read-escapes'
import { secretForms, targetForms } from './secret-forms'

/** Fewer characters of a key at the end of a cut answer tell nothing. */
const MIN_TAIL_LENGTH = 4
/** An escape that was cut itself. */
const CUT_ESCAPE = /(?:\\(?:u[0-9a-f]{0,3})?|%[0-9a-f]?|&[#a-z0-9]{0,5})$/i

/** What a request carried: `url` where people may keep a key in it. */
type Sent = { url?: string; secrets: readonly string[] }

/** A part of a text, and whether a secret is in it or what the URL said. */
type Span = { start: number; end: number; isSecret: boolean }
type Form = { text: string; isSecret: boolean }

/** Small letters, for comparisons; the length stays. */
const fold = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

function formsOf({ url, secrets }: Sent, maxLength: number): Form[] {
  // A key may itself have what reads as an escape.
  const unique = (texts: string[]) =>
    new Set(texts.flatMap((text) => [text, readEscapes(text)?.plain ?? text]).map(fold))
  const targets = url === undefined ? [] : targetForms(url)
  return [
    ...[...unique(secrets.flatMap((secret) => secretForms(secret, maxLength)))].map((text) => ({
      text,
      isSecret: true,
    })),
    ...[...unique(targets)].map((text) => ({ text, isSecret: false })),
  ]
}

function findForms(text: string, forms: readonly Form[]): Span[] {
  const spans: Span[] = []
  for (const { text: form, isSecret } of forms)
    for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1))
      spans.push({ start, end: start + form.length, isSecret })
  return spans
}

/** How much of a text's end is a beginning of the form; the way of Knuth, Morris and Pratt, as both may be long. */
function measureTail(text: string, form: string): number {
  const fallbacks = [0]
  for (let i = 1, length = 0; i < form.length; i++) {
    while (length > 0 && form[i] !== form[length]) length = fallbacks[length - 1] ?? 0
    if (form[i] === form[length]) length++
    fallbacks.push(length)
  }
  let length = 0
  for (const sign of text.slice(-form.length + 1).split('')) {
    while (length > 0 && form[length] !== sign) length = fallbacks[length - 1] ?? 0
    if (form[length] === sign) length++
  }
  return length
}

/** The end of a cut answer may be the beginning of a key. */
function findTails(text: string, forms: readonly Form[]): Span[] {
  const whole = text.replace(CUT_ESCAPE, '')
  return [...new Set([text, whole])].flatMap((part) =>
    forms.flatMap(({ text: form }) => {
      const tail = form.length > MIN_TAIL_LENGTH ? measureTail(part, form) : 0
      return tail >= MIN_TAIL_LENGTH ? [{ start: part.length - tail, end: text.length, isSecret: true }] : []
    }),
  )
}

/** The same parts without overlaps, in order. */
function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1)
    if (!last || span.start >= last.end) merged.push({ ...span })
    else {
      last.end = Math.max(last.end, span.end)
      last.isSecret ||= span.isSecret
    }
  }
  return merged
}

/**
 * What a receiver said, without what it must not repeat: secrets as `[secret]`, path and query of the URL as `[path]`;
 * also as JSON, URLs, HTML and base64 write them. `isCut` means that the answer went on. Pure.
 */
export function hideSecrets(text: string, sent: Sent, isCut = false): string {
  if (text === '') return text
  const forms = formsOf(sent, isCut ? Number.POSITIVE_INFINITY : text.length)
  const look = (given: string) => {
    const folded = fold(given)
    return [...findForms(folded, forms), ...(isCut ? findTails(folded, forms) : [])]
  }
  const spans = look(text)
  const read = readEscapes(text)
  if (read)
    for (const { start, end, isSecret } of look(read.plain))
      spans.push({ start: read.starts[start] ?? 0, end: read.starts[end] ?? text.length, isSecret })
  let hidden = ''
  let at = 0
  for (const { start, end, isSecret } of mergeSpans(spans)) {
    hidden += `${text.slice(at, start)}${isSecret ? '[secret]' : '[path]'}`
    at = end
  }
  return hidden + text.slice(at)
}
