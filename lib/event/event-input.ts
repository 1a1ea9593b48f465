import { isIP } from 'node:net'
import { z } from 'zod'
import { isMoment } from './is-moment'
import { LEVELS } from './levels'

/** Names, identifiers and other one-line values. Long enough for a deep file path, short enough to index. */
const MAX_SHORT_TEXT = 1024
const MAX_MESSAGE = 16_384
/** Old and new value, payload: documents before and after a change. */
const MAX_LONG_TEXT = 65_536
const MAX_TARGETS = 16
/** The collection files know custom1 … custom19; 32 members keep each its own provable slot. */
const MAX_CUSTOM = 32

const short = z.string().min(1).max(MAX_SHORT_TEXT)
const long = z.string().max(MAX_LONG_TEXT)

/** Zone ids (`fe80::1%eth0`) name an interface of the sender, not an address: PostgreSQL refuses them, so do we. */
const isAddress = (value: string) => isIP(value) !== 0 && !value.includes('%')

const actor = z.strictObject({
  login: short.optional(),
  repository: short.optional(),
  identity: short.optional(),
  id: short.optional(),
  type: short.optional(),
  sessionId: short.optional(),
  ip: z
    .string()
    .refine(isAddress, { error: 'must be an IPv4 or IPv6 address', params: { code: 'invalid_ip' } })
    .optional(),
  userAgent: z.string().max(4096).optional(),
})

const target = z.strictObject({
  type: short.optional(),
  name: short.optional(),
  parent: short.optional(),
  id: short.optional(),
})

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An event as clients send it: the wire's names and TypeScript's are the same. */
export const eventInputSchema = z.strictObject({
  type: z
    .string()
    .regex(/^[a-z0-9._-]{1,64}$/, 'must be 1–64 characters of a–z, 0–9, dot, underscore and hyphen')
    .describe('Which log the event belongs to.'),
  action: z.string().min(1).max(128).describe('What was done: a verb, such as `signed in`.'),
  level: z.enum(LEVELS).optional().describe('Severity; `info` unless given.'),
  status: z.enum(['success', 'fail']).optional(),
  code: short.optional().describe('Event type of the catalog, such as `USER_LOGGED_IN`.'),
  codeLabel: short.optional(),
  category: short.optional(),
  message: z.string().max(MAX_MESSAGE).optional(),
  occurredAt: z.iso
    .datetime({ offset: true, error: 'must be a date and time with zone, such as 2026-11-20T22:37:59.123Z' })
    .refine(isMoment, 'must be a real date of the years 0001–9999')
    .optional()
    .describe('When it happened; when we received it unless given.'),
  actor: actor.optional(),
  onBehalfOf: actor.optional(),
  targets: z.array(target).max(MAX_TARGETS).optional(),
  source: short.optional(),
  destination: short.optional(),
  oldValue: long.optional(),
  newValue: long.optional(),
  payload: long.optional(),
  count: z.int().min(1).optional(),
  dataSource: short.optional(),
  externalRef: short
    .optional()
    .describe('With `dataSource`, the identity of the event at its origin, for ever.'),
  data: z
    .custom<Record<string, unknown>>(isPlainObject, 'must be an object')
    .meta({ type: 'object' })
    .optional(),
  custom: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/), z.string().max(MAX_LONG_TEXT))
    .refine((value) => Object.keys(value).length <= MAX_CUSTOM, `must have at most ${MAX_CUSTOM} members`)
    .optional(),
})
export type EventInput = z.infer<typeof eventInputSchema>

export const EVENT_FIELDS = Object.keys(eventInputSchema.shape)
