import { randomUUID } from 'node:crypto'
import type { Before, Configured, SecretChange } from '@/lib/delivery/destinations/contract'
import { encodingOf } from '@/lib/delivery/encodings/encodings'
import { type HttpConfig, type HttpInput, httpConfigSchema, WEBHOOK_BODIES } from './config'
import { configureHeaders } from './custom-headers'
import { dialectOf, isSplunkDialect } from './dialect'
import { complainAbout, ENTER_AGAIN, leadsElsewhere } from './target-field'
import { HOW_TO_MAKE, ROTATION_MS } from './webhook-secret'

type Old = { config: HttpConfig; has: (secret: string) => boolean }

/** What to store for what a person entered. Throws `invalid` where the fields don't fit together. */
export function configureHttp(input: HttpInput, before?: Before, now = Date.now()): Configured {
  const { url, apiHeaderName: headerName, body, encoding, gzip, ca } = input
  const isSplunk = isSplunkDialect(dialectOf(url))
  const old = before && {
    config: httpConfigSchema.parse(before.config),
    has: (secret: string) => before.secretNames.includes(secret),
  }
  const movesAway = old !== undefined && leadsElsewhere(old.config.url, url)
  const headers = configureHeaders(input.headers, before?.secretNames ?? [], movesAway)
  if (headers.names.some((name) => name.toLowerCase() === headerName?.toLowerCase()))
    complainAbout('headers', `${headerName} carries the API key already.`)
  checkEncoding(input)
  const signing = configureSigning(input, now, old)
  const channel = old?.config.channel ?? (isSplunk ? randomUUID() : undefined)
  const config: HttpConfig = {
    url,
    body,
    encoding,
    headers: headers.names,
    gzip,
    ...(headerName && { headerName }),
    ...(ca && { ca }),
    ...(signing.until && { previousSecretUntil: signing.until }),
    ...(channel && { channel }),
  }
  const secrets = { ...configureKey(input, isSplunk, movesAway, old), ...signing.secrets, ...headers.secrets }
  return { config, secrets }
}

/** The key and its header come together, and a stored key stays with the server that it was entered for. */
function configureKey(
  { apiHeaderName, apiKey }: HttpInput,
  isSplunk: boolean,
  movesAway: boolean,
  old?: Old,
): Record<string, SecretChange> {
  if (apiKey && !apiHeaderName) complainAbout('apiHeaderName', 'Name the header that carries the API key.')
  if (!apiHeaderName) return old?.has('apiKey') ? { apiKey: null } : {}
  if (!apiKey && !old?.has('apiKey'))
    complainAbout('apiKey', 'Give the key that this header carries, or leave the header name empty.')
  if (!apiKey && movesAway) complainAbout('apiKey', ENTER_AGAIN)
  if (isSplunk && apiKey && apiHeaderName.toLowerCase() === 'authorization' && !apiKey.includes(' '))
    complainAbout('apiKey', 'Splunk expects the word Splunk before the token: Splunk 12345678-….')
  return apiKey ? { apiKey } : {}
}

function checkEncoding({ url, body, encoding }: HttpInput): void {
  if (encoding === 'native') return
  const { label, isJson } = encodingOf(encoding)
  if (body === 'auto' && dialectOf(url) !== 'plain')
    complainAbout(
      'encoding',
      'Splunk and Datadog get events in their own form. Choose another body for this.',
    )
  if (!isJson && (body === 'json_array' || WEBHOOK_BODIES.includes(body)))
    complainAbout('encoding', `${label} is a line of text, not JSON. Choose NDJSON or single events for it.`)
}

type Signing = { secrets: Record<string, SecretChange>; until?: string | undefined }

/** A new signing secret leaves the old one valid for a day, so that no message fails while the receiver changes it. */
function configureSigning({ body, signingSecret }: HttpInput, now: number, old?: Old): Signing {
  const hasSecret = old?.has('signingSecret') ?? false
  if (!WEBHOOK_BODIES.includes(body)) {
    const names = ['signingSecret', 'previousSigningSecret'].filter((name) => old?.has(name))
    return { secrets: Object.fromEntries(names.map((name) => [name, null])) }
  }
  if (signingSecret && hasSecret)
    return {
      secrets: { signingSecret, previousSigningSecret: { from: 'signingSecret' } },
      until: new Date(now + ROTATION_MS).toISOString(),
    }
  if (signingSecret) return { secrets: { signingSecret } }
  if (!hasSecret) complainAbout('signingSecret', `Give the secret that signs what is sent. ${HOW_TO_MAKE}`)
  const until = old?.config.previousSecretUntil
  if (until && Date.parse(until) > now) return { secrets: {}, until }
  return { secrets: old?.has('previousSigningSecret') ? { previousSigningSecret: null } : {} }
}
