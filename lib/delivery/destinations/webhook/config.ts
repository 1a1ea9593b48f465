import { z } from 'zod'
import { caInput } from '@/lib/delivery/destinations/ca-field'
import {
  channelConfigShape,
  channelInputShape,
  configureChannel,
} from '@/lib/delivery/destinations/channel-config'
import type { Before, Configured } from '@/lib/delivery/destinations/contract'
import { choiceInput } from '@/lib/delivery/destinations/fields'
import { complainAbout } from '@/lib/delivery/destinations/http/target-field'
import { hashUrlRest } from '@/lib/http/shorten-url'
import { complaintAboutWebhook, toWebhookUrl } from './webhook-url'

/** `compatible` is what all of them read; `slack_app` has the blocks that only Slack shows. */
export const FLAVOURS = ['compatible', 'slack_app'] as const

/** Slack and Discord take no longer name. */
const MAX_USERNAME = 80
const MAX_CHANNEL = 100
const MAX_ICON_URL = 2_000

/** What is stored. The URL is the key, so it lies encrypted beside; of it only where it leads and by what it is told apart. */
export const webhookConfigSchema = z.strictObject({
  origin: z.string(),
  /** Short keyed hash of the rest of the URL. */
  fingerprint: z.string().nullable(),
  username: z.string().optional(),
  channel: z.string().optional(),
  iconUrl: z.string().optional(),
  flavour: z.enum(FLAVOURS),
  ...channelConfigShape,
  ca: z.string().optional(),
})
export type WebhookConfig = z.infer<typeof webhookConfigSchema>

const isIconUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** What a person sends. */
export const webhookInputSchema = z.strictObject({
  url: z
    .string({ error: 'Give the URL that messages are posted to.' })
    .trim()
    .superRefine((value, check) => {
      const complaint = complaintAboutWebhook(value)
      if (complaint) check.addIssue({ code: 'custom', message: complaint })
    })
    .optional(),
  username: z
    .string()
    .trim()
    .max(MAX_USERNAME, `At most ${MAX_USERNAME} characters.`)
    .regex(/^\P{Cc}*$/u, 'Leave out line breaks and control characters.')
    .optional(),
  channel: z
    .string()
    .trim()
    .max(MAX_CHANNEL, `At most ${MAX_CHANNEL} characters.`)
    .regex(/^[^\s\p{Cc}<>&]*$/u, 'Name one channel, such as #audit, or one person, such as @jdoe.')
    .optional(),
  iconUrl: z
    .string()
    .trim()
    .max(MAX_ICON_URL, `At most ${MAX_ICON_URL} characters.`)
    .refine(isIconUrl, 'Give the address of a picture, such as https://example.com/icon.png.')
    .optional(),
  flavour: choiceInput(FLAVOURS, 'compatible'),
  ...channelInputShape,
  ca: caInput,
})
type WebhookInput = z.output<typeof webhookInputSchema>

/** What to store for what a person entered. Throws `invalid` where there is no URL yet. */
export function configureWebhook(input: WebhookInput, before?: Before): Configured {
  const { username, channel, iconUrl, flavour, ca } = input
  const old = before && webhookConfigSchema.parse(before.config)
  const hasUrl = before?.secretNames.includes('url') ?? false
  if (!input.url && !(old && hasUrl)) complainAbout('url', 'Give the URL that messages are posted to.')
  const url = input.url && toWebhookUrl(input.url)
  const place = url
    ? { origin: new URL(url).origin, fingerprint: hashUrlRest(url) }
    : { origin: old?.origin ?? '', fingerprint: old?.fingerprint ?? null }
  return {
    config: {
      ...configureChannel(input),
      ...place,
      flavour,
      ...(username && { username }),
      ...(channel && { channel }),
      ...(iconUrl && { iconUrl }),
      ...(ca && { ca }),
    },
    secrets: url ? { url } : {},
  }
}
