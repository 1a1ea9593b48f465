import { z } from 'zod'
import {
  CHANNEL_FIELDS,
  channelConfigShape,
  channelInputShape,
  channelTiming,
  channelValues,
  configureChannel,
} from '@/lib/delivery/destinations/channel-config'
import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { choiceInput } from '@/lib/delivery/destinations/fields'
import { ruleSchema } from '@/lib/delivery/rules/rule'
import { previewDesktop } from './preview'
import { sendDesktop } from './send'

const FORMAT_VERSION = 1
/** Pop-ups one can still look at; each is one line in the bell. */
const PACE = { burst: 20, refillSeconds: 15, gapSeconds: 1 }

const PEOPLE = ['managers', 'everyone'] as const
const desktopConfigSchema = z.strictObject({ ...channelConfigShape, people: z.enum(PEOPLE) })
export type DesktopConfig = z.infer<typeof desktopConfigSchema>
const desktopInputSchema = z.strictObject({ ...channelInputShape, people: choiceInput(PEOPLE, 'everyone') })
const desktopFormatSchema = z.strictObject({ rule: ruleSchema.optional() })

/** Notifications on the screens of members who are signed in, and in the bell of the console. */
export const desktopKind: DestinationKind = {
  role: 'channel',
  label: 'Desktop',
  summary: 'Notifications on the screens of people who are signed in, and in the bell of the console.',
  promise: 'Each person sees an event at most once, in one browser; whoever is away finds it in the bell.',
  fields: [
    {
      name: 'people',
      label: 'Who',
      control: 'choice',
      initial: 'everyone',
      options: [
        { value: 'everyone', label: 'Everyone in the workspace' },
        { value: 'managers', label: 'Owners and administrators' },
      ],
    },
    ...CHANNEL_FIELDS,
  ],
  input: desktopInputSchema,
  configure: (given) => {
    const input = desktopInputSchema.parse(given)
    return { config: { ...configureChannel(input), people: input.people }, secrets: {} }
  },
  formatVersion: FORMAT_VERSION,
  maySplit: false,
  hasReceipts: true,
  open: (stored) => {
    const config = desktopConfigSchema.parse(stored)
    const people = config.people === 'everyone' ? 'everyone' : 'owners and administrators'
    const values = { ...channelValues(config), people: config.people }
    return {
      describe: () => `Desktop notifications for ${people}`,
      target: () => people,
      values: () => values,
      publicValues: () => values,
      maxEvents: Number.MAX_SAFE_INTEGER,
      maxBytes: 1024 * 1024,
      ...channelTiming(config, PACE),
      format: () => ({ ...(config.rule && { rule: config.rule }) }),
      send: (delivery, tools) =>
        sendDesktop(config, desktopFormatSchema.parse(delivery.format), delivery, tools),
      preview: (delivery) => previewDesktop(desktopFormatSchema.parse(delivery.format).rule, delivery),
      failingWay: () => 'bell',
    }
  },
}
