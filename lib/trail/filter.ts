import { isIP } from 'node:net'
import { z } from 'zod'
import { isMoment } from '@/lib/event/is-moment'
import { LEVELS } from '@/lib/event/levels'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'

/** Longest filter value; longer ones match nothing that the event schema lets in. */
const MAX_VALUE_LENGTH = 1024
/** Values of one filter; more belongs into several views. */
const MAX_VALUES = 50
/** Paths of one filter: each is compared in the body of every event that passes all else. */
const MAX_FIELDS = 10

function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || address.includes('%')) return false
  return bits === undefined || (/^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

/** Texts of one filter: each is looked for in every event that nothing else rules out. */
const MAX_TEXTS = 10
const values = (value: z.ZodType<string>, most = MAX_VALUES) => z.array(value).max(most).default([])
const choice = (value: z.ZodType<string>, most = MAX_VALUES) =>
  z.strictObject({ include: values(value, most), exclude: values(value, most) })
const text = z
  .string()
  .min(1)
  .max(MAX_VALUE_LENGTH)
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be well-formed text without U+0000')
const moment = z.union(
  [z.iso.datetime({ offset: true }).refine(isMoment), z.string().regex(/^-[1-9]\d{0,4}[mhdw]$/)],
  'must be a date and time with zone (2026-11-20T22:37:59Z) or a time back from now (-15m, -24h, -7d, -4w)',
)
/** `identity:pgustavo`: an entity of the ledger by its type and key. */
const ENTITY_VALUE = new RegExp(`^(${ENTITY_TYPES.join('|')}):.`, 's')
const entity = text.refine(
  (value) => ENTITY_VALUE.test(value),
  `must be the type and the key of an entity, such as identity:jdoe; types are ${ENTITY_TYPES.join(', ')}`,
)
const network = text.refine(isNetwork, 'must be an IP address or a CIDR such as 203.0.113.0/24')

/** `data.request.id`, `custom.custom1`: a member of the event's own fields; `\.` is a dot inside a name. */
const FIELD_PATH = /^(data|custom)(\.(\\[\\.]|[^\\.\0])+){1,15}$/
export const isFieldPath = (name: string): boolean =>
  name.length <= MAX_VALUE_LENGTH && name.isWellFormed() && FIELD_PATH.test(name)

/** The names that lead to a field: `data.a\.b.c` is `['data', 'a.b', 'c']`. */
export function fieldSegments(path: string): string[] {
  const segments = path.match(/(\\[\\.]|[^\\.])+/g) ?? []
  return segments.map((segment) => segment.replaceAll(/\\([\\.])/g, '$1'))
}

/** Filters that take several values, each of which can be excluded. */
export const CHOICE_NAMES = [
  'type',
  'level',
  'action',
  'status',
  'code',
  'category',
  'actor',
  'target',
  'targetType',
  'source',
  'ip',
  'session',
  'dataSource',
  'q',
  'actorEntity',
  'targetEntity',
] as const
/** Those that ask the ledger: events alone don't tell whether they pass. */
export const ENTITY_CHOICES = ['actorEntity', 'targetEntity'] as const satisfies readonly ChoiceName[]
export type ChoiceName = (typeof CHOICE_NAMES)[number]

/**
 * Which events: one object for the table, the API, counts, exports, destinations and channels.
 * An event passes if, for every filter set, it has one of the included values and none of the excluded.
 * `actor` compares login, identity and id; `target` either target's name; `q` finds parts of words in
 * message, actor, target, code and source, and wants each of its included values; `ip` takes networks too;
 * `actorEntity` and `targetEntity` compare what the ledger matched them with: an identity stands for its accounts too, an
 * organisation for its people and those of organisations below it; events that are not matched yet pass neither;
 * `fields` compares strings, numbers and booleans inside `data` and `custom` (of a list, any item) by their path;
 * `from` (inclusive) and `to` (exclusive) bound `occurredAt`, as a moment or as a time back from now (`-24h`).
 */
export const trailFilterSchema = z.strictObject({
  type: choice(text).optional(),
  level: choice(z.enum(LEVELS)).optional(),
  minLevel: z.enum(LEVELS).optional(),
  action: choice(text).optional(),
  status: choice(z.enum(['success', 'fail'])).optional(),
  code: choice(text).optional(),
  category: choice(text).optional(),
  actor: choice(text).optional(),
  target: choice(text).optional(),
  targetType: choice(text).optional(),
  source: choice(text).optional(),
  ip: choice(network).optional(),
  session: choice(text).optional(),
  dataSource: choice(text).optional(),
  q: choice(text, MAX_TEXTS).optional(),
  actorEntity: choice(entity).optional(),
  targetEntity: choice(entity).optional(),
  fields: z
    .record(
      z.string().refine(isFieldPath, 'must be a path such as data.request.id or custom.custom1'),
      choice(text),
    )
    .refine((fields) => Object.keys(fields).length <= MAX_FIELDS, `at most ${MAX_FIELDS} paths at a time`)
    .optional(),
  from: moment.optional(),
  to: moment.optional(),
})
export type TrailFilter = z.infer<typeof trailFilterSchema>

/** Whether the filter asks the ledger: what it selects then changes with the ledger. */
export const hasEntityChoice = (filter: TrailFilter): boolean =>
  ENTITY_CHOICES.some((name) => {
    const { include = [], exclude = [] } = filter[name] ?? {}
    return include.length + exclude.length > 0
  })
