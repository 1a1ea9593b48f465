import { z } from 'zod'
import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'
import { type ForwardedEvent, toEventJson } from '@/lib/delivery/forwarded-event'
import { toCef } from './cef'
import { ECS_VERSION, toEcs } from './ecs'
import type { EncodingContext } from './encoding-context'
import { toLeef } from './leef'
import { OCSF_VERSION, toOcsf } from './ocsf'

/** How one event is written, for receivers that leave the choice. */
export const ENCODINGS = ['native', 'ocsf', 'ecs', 'cef', 'leef'] as const
export type EncodingName = (typeof ENCODINGS)[number]

/** Raise it when any encoding gives other bytes for the same event. */
export const ENCODINGS_VERSION = 1

type Encoding = {
  label: string
  hint: string
  /** Whether an event is a JSON object; else it is one line of text without a line break. */
  isJson: boolean
  encode(event: ForwardedEvent, context: EncodingContext): string
}

const encodings: Record<EncodingName, Encoding> = {
  native: {
    label: 'Spoor',
    hint: 'As the API gives them, byte for byte what was sent to Spoor.',
    isJson: true,
    encode: (event, { checkpoint }) => toEventJson(event, checkpoint),
  },
  ocsf: {
    label: 'OCSF',
    hint: `Open Cybersecurity Schema Framework ${OCSF_VERSION}: Amazon Security Lake, Splunk, Datadog and others.`,
    isJson: true,
    encode: toOcsf,
  },
  ecs: {
    label: 'ECS',
    hint: `Elastic Common Schema ${ECS_VERSION}: Elasticsearch and Elastic Security.`,
    isJson: true,
    encode: toEcs,
  },
  cef: {
    label: 'CEF',
    hint: 'Common Event Format 0: ArcSight, Microsoft Sentinel and most collectors. One line an event.',
    isJson: false,
    encode: toCef,
  },
  leef: {
    label: 'LEEF',
    hint: 'Log Event Extended Format 2.0: IBM QRadar. One line an event.',
    isJson: false,
    encode: toLeef,
  },
}

export const encodingOf = (name: EncodingName): Encoding => encodings[name]
export const encodingSchema = z.enum(ENCODINGS)

/** The choice, for kinds that offer it. */
export const ENCODING_FIELD: FieldDeclaration = {
  name: 'encoding',
  label: 'Event Encoding',
  control: 'choice',
  section: 'format',
  initial: 'native',
  options: ENCODINGS.map((value) => ({ value, label: encodings[value].label, hint: encodings[value].hint })),
}
