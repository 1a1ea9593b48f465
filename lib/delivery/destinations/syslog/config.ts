import { z } from 'zod'
import { caInput } from '@/lib/delivery/destinations/ca-field'
import type { Configured } from '@/lib/delivery/destinations/contract'
import { choiceInput, numberInput, switchInput } from '@/lib/delivery/destinations/fields'
import { ENCODINGS } from '@/lib/delivery/encodings/encodings'
import { EXAMPLE_ENTERPRISE_ID, MIN_MESSAGE_BYTES } from '@/lib/delivery/encodings/rfc5424'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { isServicePort, parseTargetHost } from '@/lib/http/target-host'

const TRANSPORTS = ['tls', 'tcp'] as const
export const FRAMINGS = ['octet_counting', 'newline'] as const
export const CONTENTS = [...ENCODINGS, 'text'] as const

/** Of the 24 facilities those that anybody would give to an audit trail, with their numbers. */
export const FACILITIES = {
  audit: 13,
  auth: 4,
  authpriv: 10,
  user: 1,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
} as const
type Facility = keyof typeof FACILITIES
export const FACILITY_NAMES = Object.keys(FACILITIES) as [Facility, ...Facility[]]

/** rsyslog cuts longer ones unless it is told otherwise. */
export const DEFAULT_MESSAGE_BYTES = 8_192
/** From frames of 200,000 bytes on, rsyslog takes the length for the beginning of a message. */
const MAX_MESSAGE_BYTES = 199_999
/** Enterprise numbers have 32 bits. */
const MAX_ENTERPRISE_ID = 4_294_967_295

const MAX_PORT = 65_535
/** Others are complained about already. */
const isPort = (port: number) => port >= 1 && port <= MAX_PORT

const shared = {
  host: z.string(),
  transport: z.enum(TRANSPORTS),
  framing: z.enum(FRAMINGS),
  encoding: z.enum(CONTENTS),
  facility: z.enum(FACILITY_NAMES),
  appName: z.string(),
  hostname: z.string().optional(),
  bom: z.boolean(),
  ca: z.string().optional(),
}

/** What is stored. There are no secrets: syslog knows no password. */
export const syslogConfigSchema = z.strictObject({
  ...shared,
  port: z.int(),
  maxMessageBytes: z.int(),
  enterpriseId: z.int(),
})
export type SyslogConfig = z.infer<typeof syslogConfigSchema>

function complaintAboutHost(text: string): string | undefined {
  try {
    parseTargetHost(text)
    return undefined
  } catch (error) {
    if (error instanceof OutgoingError) return error.message
    throw error
  }
}

/** A field of the header of RFC 5424. */
const headerName = (most: number) =>
  z
    .string()
    .trim()
    .regex(/^[!-~]+$/, 'Use letters, digits and signs without spaces.')
    .max(most, `At most ${most} characters.`)

/** What a person sends. */
export const syslogInputSchema = z.strictObject({
  host: z
    .string({ error: 'Give the host of the syslog server.' })
    .trim()
    .superRefine((value, check) => {
      const message = complaintAboutHost(value)
      if (message) check.addIssue({ code: 'custom', message })
    }),
  port: numberInput(1, MAX_PORT)
    .refine(
      (port) => !isPort(port) || isServicePort('syslog', port),
      'Syslog listens at 514, 601, 6514, or above 1023.',
    )
    .default(6514),
  transport: choiceInput(TRANSPORTS, 'tls'),
  ca: caInput,
  encoding: choiceInput(CONTENTS, 'native'),
  framing: choiceInput(FRAMINGS, 'octet_counting'),
  maxMessageBytes: numberInput(MIN_MESSAGE_BYTES, MAX_MESSAGE_BYTES).default(DEFAULT_MESSAGE_BYTES),
  facility: choiceInput(FACILITY_NAMES, 'audit'),
  appName: headerName(48).default('spoor'),
  hostname: headerName(255).optional(),
  enterpriseId: numberInput(1, MAX_ENTERPRISE_ID).default(EXAMPLE_ENTERPRISE_ID),
  bom: switchInput,
})

/** What to store for it. A certificate authority without TLS is left out. */
export function configureSyslog({ ca, ...input }: z.output<typeof syslogInputSchema>): Configured {
  const isTrusted = input.transport === 'tls' && ca !== undefined
  return { config: { ...input, ...(isTrusted && { ca }) }, secrets: {} }
}
