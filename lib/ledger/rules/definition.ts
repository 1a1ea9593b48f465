import { z } from 'zod'
import { attributeName } from '@/lib/ledger/entities/attribute-name'

/** Comparisons of one rule: each is a look at an index or at the record. */
export const MAX_COMPARISONS = 8
/** Letters of an attribute's name, as a column of a file has it. */
export const MAX_NAME_LENGTH = 64
const MAX_TEXT_LENGTH = 1024
/** Longer patterns are no pattern of a name any more, and cost memory when they are compiled. */
export const MAX_PATTERN_LENGTH = 500

/** What an event says: 1 login or target's name, 2 repository or target's parent, 3 identity (actors only), 4 id. */
export const PARAMETERS = [1, 2, 3, 4] as const
export type Parameter = (typeof PARAMETERS)[number]
const parameter = z.literal(PARAMETERS, { error: 'Choose a parameter, a number from 1 to 4.' })

/** How an attribute is compared with a parameter. */
export const COMPARE_BY = [
  'exact',
  'ignoring-case',
  'sid',
  'email',
  /** The attribute begins with what the event says: it cuts long names. */
  'attribute-begins',
  /** What the event says begins with the attribute. */
  'parameter-begins',
] as const
export type CompareBy = (typeof COMPARE_BY)[number]

const attribute = z
  .string()
  .trim()
  .min(1, 'Choose an attribute.')
  .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`)
  .overwrite(attributeName)
  .describe('An attribute or link of the entity, `key` or `display_name`. In any case.')
const text = z.string().min(1, 'Give a text.').max(MAX_TEXT_LENGTH, `At most ${MAX_TEXT_LENGTH} characters.`)
const pattern = z
  .string()
  .min(1, 'Give a pattern, or leave it out.')
  .max(MAX_PATTERN_LENGTH, `At most ${MAX_PATTERN_LENGTH} characters.`)
  .describe('A regular expression (RE2).')

export const comparisonSchema = z.discriminatedUnion('kind', [
  /** Finds: the entity's attribute is what the event says; of that only the part that `pattern` captures, if given. */
  z.strictObject({
    kind: z.literal('finds'),
    attribute,
    by: z.enum(COMPARE_BY),
    parameter,
    pattern: pattern.optional(),
  }),
  /** Narrows: the entity's attribute is this text, or is not. */
  z.strictObject({
    kind: z.literal('entity'),
    attribute,
    by: z.enum(['exact', 'ignoring-case']),
    text,
    negate: z.boolean().default(false),
  }),
  /** Narrows: what the event says is, begins with (ignoring case), or has a part that fits this, or doesn't. */
  z.strictObject({
    kind: z.literal('event'),
    parameter,
    by: z.enum(['exact', 'ignoring-case', 'begins', 'pattern']),
    text,
    negate: z.boolean().default(false),
  }),
])
export type Comparison = z.infer<typeof comparisonSchema>

/** All of them must hold, and one at least finds. What is blank equals nothing. */
export const ruleDefinitionSchema = z.strictObject({
  comparisons: z
    .array(comparisonSchema)
    .min(1, 'Add at least one comparison.')
    .max(MAX_COMPARISONS, `At most ${MAX_COMPARISONS} comparisons.`),
})
export type RuleDefinition = z.infer<typeof ruleDefinitionSchema>
