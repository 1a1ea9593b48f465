import { z } from 'zod'
import { caInput } from '@/lib/delivery/destinations/ca-field'
import { choiceInput, switchInput } from '@/lib/delivery/destinations/fields'
import { encodingSchema } from '@/lib/delivery/encodings/encodings'
import { isTenantHeaderName } from '@/lib/http/header-rules'
import { customHeadersInput } from './custom-headers'
import { keyInput, urlInput } from './target-field'
import { signingSecretInput } from './webhook-secret'

export const HTTP_BODIES = [
  'auto',
  'json_array',
  'ndjson',
  'single',
  'standard_webhook',
  'standard_webhook_single',
] as const
export type HttpBody = (typeof HTTP_BODIES)[number]

/** Whose signature and envelope Standard Webhooks lays down. */
export const WEBHOOK_BODIES: readonly HttpBody[] = ['standard_webhook', 'standard_webhook_single']

/** What is stored. Keys, signing secrets and headers' values lie encrypted beside. */
export const httpConfigSchema = z.strictObject({
  url: z.string(),
  /** Request header that carries the API key. */
  headerName: z.string().optional(),
  body: z.enum(HTTP_BODIES),
  encoding: encodingSchema.default('native'),
  /** Names of further request headers. */
  headers: z.array(z.string()).default([]),
  gzip: z.boolean().default(false),
  ca: z.string().optional(),
  /** RFC 3339: until then the signing secret before the present one signs too. */
  previousSecretUntil: z.string().optional(),
  /** The GUID by which Splunk tells senders apart; stays the same for the destination's life. */
  channel: z.uuid().optional(),
})
export type HttpConfig = z.output<typeof httpConfigSchema>

/** What a person sends. */
export const httpInputSchema = z.strictObject({
  url: urlInput,
  apiHeaderName: z
    .string()
    .trim()
    .refine(
      isTenantHeaderName,
      'This is not a header that can carry a key; use a name such as Authorization.',
    )
    .optional(),
  apiKey: keyInput,
  body: choiceInput(HTTP_BODIES, 'auto'),
  encoding: encodingSchema.default('native'),
  signingSecret: signingSecretInput,
  headers: customHeadersInput,
  gzip: switchInput,
  ca: caInput,
})
export type HttpInput = z.output<typeof httpInputSchema>
