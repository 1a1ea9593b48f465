import { gunzipSync } from 'node:zlib'
import type { Recorded } from './recording-tools'

/** What a person looks at; the rest of a large event is left out. */
const MAX_SHOWN = 16_384
const MAX_INFLATED_BYTES = 4 * 1024 * 1024
/** A shorter text within another one is a word of the language, not a key. */
const MIN_WITHIN = 6
const HIDDEN = '•••'

export type ShownRequest = {
  request: string
  headers: [name: string, value: string][]
  body: string
  truncated: boolean
}

/** A secret as it may stand in a request: bare, in JSON, in a URL, in Basic authentication. */
function formsOf(secret: string): string[] {
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ]
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

const isGzip = (body: Buffer) => body[0] === 0x1f && body[1] === 0x8b

/** A signature is as good as the key for the request that it signs. */
function hideSignature(name: string, value: string): string {
  if (name.toLowerCase().includes('signature')) return value.replaceAll(/[A-Za-z0-9+/=_-]{20,}/g, HIDDEN)
  return value.replaceAll(/\bSignature=[0-9a-f]+/gi, `Signature=${HIDDEN}`)
}

/** A request as people may see it: readable, cut to a size, each of the secrets hidden. Pure. */
export function toShownRequest(
  { request, headers, body }: Recorded,
  secrets: readonly string[],
): ShownRequest {
  const forms = secrets.flatMap(formsOf).filter(({ length }) => length >= MIN_WITHIN)
  const hide = (text: string) =>
    secrets.includes(text) ? HIDDEN : forms.reduce((left, form) => left.replaceAll(form, HIDDEN), text)
  const plain = isGzip(body) ? gunzipSync(body, { maxOutputLength: MAX_INFLATED_BYTES }) : body
  const text = hide(plain.toString())
  return {
    request: hide(request),
    headers: headers.map(([name, value]) => [name, hideSignature(name, hide(value))]),
    body: text.slice(0, MAX_SHOWN),
    truncated: text.length > MAX_SHOWN,
  }
}
