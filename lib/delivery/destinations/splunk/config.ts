import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { caInput } from '@/lib/delivery/destinations/ca-field'
import type { Before, Configured } from '@/lib/delivery/destinations/contract'
import { choiceInput, switchInput } from '@/lib/delivery/destinations/fields'
import {
  complainAbout,
  ENTER_AGAIN,
  keyInput,
  leadsElsewhere,
} from '@/lib/delivery/destinations/http/target-field'
import { collectorInput } from './collector-url'

export const ENDPOINTS = ['event', 'raw'] as const

/** What is stored. The token lies encrypted beside. */
export const splunkConfigSchema = z.strictObject({
  /** Before `/services/collector`. */
  url: z.string(),
  endpoint: z.enum(ENDPOINTS),
  index: z.string().optional(),
  source: z.string().optional(),
  sourcetype: z.string().optional(),
  host: z.string().optional(),
  acknowledge: z.boolean(),
  gzip: z.boolean(),
  ca: z.string().optional(),
  /** The GUID by which Splunk tells senders apart; stays the same for the destination's life. */
  channel: z.uuid(),
})
export type SplunkConfig = z.infer<typeof splunkConfigSchema>

/** Splunk allows more, but a name of this length is a mistake. */
const name = z.string().trim().min(1).max(256, 'At most 256 characters.').optional()

/** What a person sends. */
export const splunkInputSchema = z.strictObject({
  url: collectorInput,
  token: z
    .string()
    .transform((text) => text.trim().replace(/^splunk\s+/i, ''))
    .pipe(keyInput.unwrap())
    .optional(),
  endpoint: choiceInput(ENDPOINTS, 'event'),
  index: z
    .string()
    .trim()
    .regex(
      /^[a-z0-9_][a-z0-9_-]{0,79}$/,
      'An index is named with small letters, digits, underscore and hyphen.',
    )
    .optional(),
  source: name,
  sourcetype: name,
  host: name,
  acknowledge: switchInput,
  gzip: switchInput,
  ca: caInput,
})

/** What to store for it. Throws `invalid` where the token is missing, or would go to another server. */
export function configureSplunk(
  { token, ...config }: z.output<typeof splunkInputSchema>,
  before?: Before,
): Configured {
  const old = before && splunkConfigSchema.parse(before.config)
  if (!token && !before?.secretNames.includes('token'))
    complainAbout('token', 'Give the token of the HTTP Event Collector.')
  if (!token && old && leadsElsewhere(old.url, config.url)) complainAbout('token', ENTER_AGAIN)
  return {
    config: { ...config, channel: old?.channel ?? randomUUID() },
    secrets: token ? { token } : {},
  }
}
