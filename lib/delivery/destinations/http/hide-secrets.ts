/** The word before a token: `Splunk …`, `Bearer …`, `Basic …`. */
const SCHEME = /^[A-Za-z]+ +/
/** Shorter ones are words of the language, such as `/in`, and no keys. */
const MIN_TARGET_LENGTH = 8
const MIN_SEGMENT_LENGTH = 16
/** Fewer characters of a key at the end of a cut answer tell nothing. */
const MIN_TAIL_LENGTH = 4

type Sent = { url: string; secret: string | undefined }

const escapePattern = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
/** The longest first, so that no rest of it stays; what matches nothing if there are none. */
const anyOf = (texts: Iterable<string>) =>
  [...new Set(texts)]
    .sort((a, b) => b.length - a.length)
    .map(escapePattern)
    .join('|') || '(?!)'

function secretForms(secret: string | undefined): string[] {
  if (!secret) return []
  const bare = secret.replace(SCHEME, '')
  return [secret, bare].flatMap((form) => [form, JSON.stringify(form).slice(1, -1)])
}

/** Many receivers take their key in the URL's path or query, so those who may read an answer must not read these. */
function targetForms(url: string): string[] {
  const { pathname, search, searchParams } = new URL(url)
  const targets = [pathname + search, search, ...searchParams.values()]
  const segments = pathname.split('/')
  return [
    ...targets.filter(({ length }) => length >= MIN_TARGET_LENGTH),
    ...segments.filter(({ length }) => length >= MIN_SEGMENT_LENGTH),
  ]
}

/**
 * What a receiver said, without what it must not repeat: the API key (whole, and without the word before it) as
 * `[secret]`, path and query of the URL as `[path]`. `isCut` means that the answer went on. Pure.
 */
export function hideSecrets(text: string, { url, secret }: Sent, isCut = false): string {
  const secrets = secretForms(secret)
  const targets = targetForms(url)
  const pattern = new RegExp(`(${anyOf(secrets)})|${anyOf(targets)}`, 'gi')
  const hidden = text.replace(pattern, (_, key?: string) => (key === undefined ? '[path]' : '[secret]'))
  return isCut ? hideTail(hidden, [...secrets, ...targets]) : hidden
}

/** The end of a cut answer may be the beginning of a key. */
function hideTail(text: string, forms: readonly string[]): string {
  const tails = forms.map((form) => {
    for (let length = form.length - 1; length >= MIN_TAIL_LENGTH; length--)
      if (text.endsWith(form.slice(0, length))) return length
    return 0
  })
  const longest = Math.max(0, ...tails)
  return longest === 0 ? text : `${text.slice(0, -longest)}[secret]`
}
