import { z } from 'zod'
import { caInput } from '@/lib/delivery/destinations/ca-field'
import {
  channelConfigShape,
  channelInputShape,
  configureChannel,
} from '@/lib/delivery/destinations/channel-config'
import type { Before, Configured } from '@/lib/delivery/destinations/contract'
import { choiceInput, linesInput, numberInput } from '@/lib/delivery/destinations/fields'
import { complainAbout } from '@/lib/delivery/destinations/http/target-field'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { isServicePort, parseTargetHost } from '@/lib/http/target-host'
import { isMailAddress, parseMailAddress } from '@/lib/mail/mail-message'
import { SMTP_TLS_MODES } from '@/lib/mail/smtp-server'

/** More are a mailing list's business. */
const MAX_RECIPIENTS = 50
const SERVERS = ['instance', 'own'] as const
const MAX_CREDENTIAL_LENGTH = 500

/** What is stored. The password is not among it. */
export const emailConfigSchema = z.strictObject({
  to: z.array(z.string()),
  ...channelConfigShape,
  server: z.enum(SERVERS),
  hostname: z.string().optional(),
  port: z.int().optional(),
  tls: z.enum(SMTP_TLS_MODES).optional(),
  username: z.string().optional(),
  from: z.string().optional(),
  ca: z.string().optional(),
})
export type EmailConfig = z.infer<typeof emailConfigSchema>

function complaintAboutHost(text: string): string | undefined {
  try {
    parseTargetHost(text)
    return undefined
  } catch (error) {
    if (error instanceof OutgoingError) return error.message
    throw error
  }
}

/** Anything but what would end a command or a line. */
const credential = z
  .string()
  .max(MAX_CREDENTIAL_LENGTH, `At most ${MAX_CREDENTIAL_LENGTH} characters.`)
  .regex(/^\P{Cc}*$/u, 'Leave out line breaks and control characters.')

/** What a person sends. */
export const emailInputSchema = z.strictObject({
  to: linesInput(
    z.string().refine(isMailAddress, 'Write one address a line, such as soc@example.com.'),
    MAX_RECIPIENTS,
  ).refine((addresses) => addresses.length > 0, 'Name at least one address.'),
  ...channelInputShape,
  server: choiceInput(SERVERS, 'instance'),
  hostname: z
    .string()
    .trim()
    .superRefine((value, check) => {
      const message = complaintAboutHost(value)
      if (message) check.addIssue({ code: 'custom', message })
    })
    .optional(),
  port: numberInput(1, 65_535)
    .refine((port) => isServicePort('smtp', port), 'Mail servers listen at 25, 465, 587, or above 1023.')
    .optional(),
  tls: choiceInput(SMTP_TLS_MODES, 'starttls'),
  username: credential.trim().optional(),
  password: credential.optional(),
  from: z
    .string()
    .trim()
    .refine((text) => parseMailAddress(text), 'Write an address such as spoor@example.com.')
    .optional(),
  ca: caInput,
})
type EmailInput = z.output<typeof emailInputSchema>

/** What to store for what a person entered. Throws `invalid` where the fields don't fit together. */
export function configureEmail(input: EmailInput, before?: Before): Configured {
  const { to, server, hostname, from, tls, ca } = input
  const old = before && emailConfigSchema.parse(before.config)
  const hasOld = before?.secretNames.includes('password') ?? false
  const forget: Configured['secrets'] = hasOld ? { password: null } : {}
  const always = { ...configureChannel(input), to: [...new Set(to)], server }
  if (server === 'instance') return { config: always, secrets: forget }
  if (!hostname) complainAbout('hostname', 'Name the mail server.')
  if (!from) complainAbout('from', 'Give the address that the letters come from.')
  const config = {
    ...always,
    hostname,
    port: input.port ?? (tls === 'implicit' ? 465 : tls === 'starttls' ? 587 : 25),
    tls,
    from,
    ...(input.username && { username: input.username }),
    ...(ca && tls !== 'none' && { ca }),
  }
  if (!config.username) {
    if (input.password) complainAbout('username', 'Give the user name that this password belongs to.')
    return { config, secrets: forget }
  }
  if (input.password) return { config, secrets: { password: input.password } }
  if (!hasOld) complainAbout('password', 'Give the password of this user, or leave the user name empty.')
  // Otherwise whoever may edit could have the stored password sent to a server of theirs, or in the clear.
  const isElsewhere = old?.hostname !== hostname || old.port !== config.port || old.ca !== config.ca
  const isWeaker = old?.tls !== tls && tls !== 'implicit'
  if (isElsewhere || isWeaker || old?.username !== config.username)
    complainAbout('password', 'Enter it again: the server, its user, or how it is reached, has changed.')
  return { config, secrets: {} }
}
