import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '@/lib/errors/app-error'
import { isHeaderValue, isTenantHeaderName } from '@/lib/http/header-rules'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { parseTargetUrl } from '@/lib/http/target-url'
import { dialectOf } from './dialect'

const HTTP_BODIES = ['auto', 'json_array', 'ndjson'] as const

/** What is stored. The API key is not among it: it lies encrypted beside. */
export const httpConfigSchema = z.strictObject({
  url: z.string(),
  /** Request header that carries the API key. */
  headerName: z.string().optional(),
  body: z.enum(HTTP_BODIES),
  /** The GUID by which Splunk tells senders apart; stays the same for the destination's life. */
  channel: z.uuid().optional(),
})
export type HttpConfig = z.infer<typeof httpConfigSchema>

function urlComplaint(text: string): string | undefined {
  try {
    parseTargetUrl(text)
    return undefined
  } catch (error) {
    if (error instanceof OutgoingError) return error.message
    throw error
  }
}

/** The fields that a person fills in. */
export const httpFields = {
  url: z
    .string({ error: 'Give the URL that events are posted to.' })
    .trim()
    .superRefine((value, check) => {
      const complaint = urlComplaint(value)
      if (complaint) check.addIssue({ code: 'custom', message: complaint })
    }),
  apiHeaderName: z
    .string()
    .trim()
    .refine(
      isTenantHeaderName,
      'This is not a header that can carry a key; use a name such as Authorization.',
    )
    .optional(),
  apiKey: z
    .string()
    .trim()
    .refine(isHeaderValue, 'A key is one line of printable ASCII characters without spaces around it.')
    .optional(),
  body: z.enum(HTTP_BODIES).default('auto'),
}
const httpInputSchema = z.strictObject(httpFields)
export type HttpInput = z.infer<typeof httpInputSchema>

/** The destination as it was before an edit. */
export type HttpBefore = { config: HttpConfig; hasSecret: boolean }

function complain(field: keyof HttpInput, detail: string): never {
  const violations = [{ pointer: `/${field}`, code: 'invalid', detail }]
  throw new AppError('invalid', 'Please check the marked fields.', { violations })
}

/**
 * What to store for what a person entered. `secret` is the new API key, `null` to forget the old one, and
 * undefined to keep it. Throws `invalid` where the fields don't fit together.
 */
export function configureHttp(
  input: HttpInput,
  before?: HttpBefore,
): { config: HttpConfig; secret: string | null | undefined } {
  const { url, apiHeaderName: headerName, apiKey, body } = input
  const dialect = dialectOf(url)
  const isSplunk = dialect === 'splunk_raw' || dialect === 'splunk_event'
  if (apiKey && !headerName) complain('apiHeaderName', 'Name the header that carries the API key.')
  if (headerName && !apiKey && !before?.hasSecret)
    complain('apiKey', 'Give the key that this header carries, or leave the header name empty.')
  if (headerName && !apiKey && before && new URL(before.config.url).origin !== new URL(url).origin)
    complain(
      'apiKey',
      'Enter the key again: the URL leads to another server, which must not get the old one.',
    )
  if (isSplunk && apiKey && headerName?.toLowerCase() === 'authorization' && !apiKey.includes(' '))
    complain('apiKey', 'Splunk expects the word Splunk before the token: Splunk 12345678-….')
  const channel = before?.config.channel ?? (isSplunk ? randomUUID() : undefined)
  return {
    config: { url, body, ...(headerName && { headerName }), ...(channel && { channel }) },
    secret: headerName ? apiKey : null,
  }
}
