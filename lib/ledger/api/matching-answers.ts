import { z } from 'zod'
import { count, moment, named, next } from '@/lib/api/answer-parts'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'
import { LOG_ENTITIES } from '@/lib/ledger/policies/definition'
import { ruleDefinitionSchema } from '@/lib/ledger/rules/definition'
import { matchedEntitySchema, shownEntitySchema } from './matched-answers'

// What the verbs of rules, policies, sources and of matching answer, for the API's description.

const entityType = z.enum(ENTITY_TYPES)
const logEntity = z.enum(LOG_ENTITIES)
const version = z.int().min(1)
const savedShape = { savedBy: z.string(), createdAt: moment, updatedAt: moment }

const ruleShape = {
  id: z.uuid(),
  name: z.string(),
  note: z.string(),
  entityType,
  version: version.describe('The newest.'),
  policies: z.array(named).describe('That have it.'),
  ...savedShape,
}
export const rulesAnswerSchema = z
  .strictObject({ rules: z.array(z.strictObject(ruleShape).meta({ id: 'Rule' })) })
  .meta({ id: 'Rules' })
export const ruleSchema = z
  .strictObject({ ...ruleShape, shownVersion: version, definition: ruleDefinitionSchema })
  .meta({ id: 'RuleDetail' })

export const attributesAnswerSchema = z
  .strictObject({ attributes: z.array(z.string()) })
  .meta({ id: 'EntityAttributes' })

export const savedAnswerSchema = z
  .strictObject({
    id: z.uuid(),
    version,
    isNew: z.boolean().describe('False where it did exactly this already: no version was added.'),
  })
  .meta({ id: 'SavedVersion' })

export const versionsAnswerSchema = z
  .strictObject({
    versions: z.array(z.strictObject({ version, savedBy: z.string(), savedAt: moment })),
  })
  .meta({ id: 'MatchingVersions' })

export const problemsAnswerSchema = z
  .strictObject({
    problems: z.array(
      z.strictObject({
        path: z.array(z.union([z.string(), z.int()])).describe('Where in it.'),
        message: z.string(),
        isWarning: z.literal(true).optional().describe('It does not keep it from being saved.'),
      }),
    ),
  })
  .meta({ id: 'MatchingProblems' })

const policyShape = {
  id: z.uuid(),
  name: z.string(),
  note: z.string(),
  isDefault: z.boolean(),
  version: version.describe('The newest.'),
  entryCount: count,
  sources: z.array(z.string()).describe('Origins that were given it; all others have the default.'),
  ...savedShape,
}
export const policiesAnswerSchema = z
  .strictObject({ policies: z.array(z.strictObject(policyShape).meta({ id: 'Policy' })) })
  .meta({ id: 'Policies' })
const ruleOfEntry = z.strictObject({ name: z.string(), version, entityType })
export const policySchema = z
  .strictObject({
    ...policyShape,
    shownVersion: version,
    entries: z.array(z.strictObject({ logEntity, ruleId: z.uuid(), display: z.string(), rule: ruleOfEntry })),
  })
  .meta({ id: 'PolicyDetail' })

const referencesSchema = z
  .strictObject({
    matched: count,
    ambiguous: count,
    unmatched: count,
    off: count.describe('Of sources that are not matched.'),
  })
  .meta({
    id: 'ReferenceCounts',
    description: 'Different names that events have, by what became of them; once a source.',
  })
const sourceSchema = z
  .strictObject({
    origin: z.string().describe('`silo:<name>`, `token:<id>`, `console`, `system`.'),
    kind: z.enum(['silo', 'token', 'console', 'system']),
    label: z.string(),
    policy: named.nullable().describe('Null: its events are not matched.'),
    isOwn: z.boolean().describe('Chosen for this source; else it is the default.'),
    references: referencesSchema,
    events: count.describe('Mentions of these names.'),
  })
  .meta({ id: 'MatchingSource' })
export const sourcesAnswerSchema = z
  .strictObject({ sources: z.array(sourceSchema) })
  .meta({ id: 'MatchingSources' })

export const explanationSchema = z
  .strictObject({
    entries: z
      .array(
        z.strictObject({
          place: count.describe('In the policy, from 0.'),
          logEntity,
          rule: z.strictObject({
            id: z.uuid().optional(),
            name: z.string(),
            version: version.optional(),
            entityType,
          }),
          isTried: z.boolean().describe('False behind the one that won.'),
          found: z.array(shownEntitySchema).describe('Several: ambiguous.'),
          comparisons: z.array(
            z.strictObject({
              text: z.string(),
              holds: count.describe(
                'Records that fit this comparison; where it looks at the event only, 0 or 1.',
              ),
              isMore: z.literal(true).optional(),
              left: count.describe('Of these, what all comparisons before it fit, too.'),
            }),
          ),
          says: z.string().describe('The same in a sentence.'),
        }),
      )
      .describe('Those whose log entity fits.'),
    result: matchedEntitySchema.nullable(),
  })
  .meta({ id: 'MatchExplanation' })

export const statusAnswerSchema = z
  .strictObject({
    isActive: z.boolean().describe('False until something is in the ledger.'),
    matchedTo: count.describe('Events below it are matched.'),
    head: count.describe('So many events the trail has.'),
    isBehind: z.boolean().describe('Names are to be matched again.'),
    rematch: z
      .strictObject({ reason: z.string(), since: moment, done: count, total: count, changed: count })
      .nullable()
      .describe('While all names are matched again.'),
    lastMatchedAt: moment.nullable(),
    references: referencesSchema,
  })
  .meta({ id: 'MatchingStatus' })

const text = z.string().nullable()
export const unmatchedAnswerSchema = z
  .strictObject({
    names: z.array(
      z
        .strictObject({
          role: z.enum(['actor', 'target']),
          type: text.describe('Of a target, as its events say.'),
          name: text,
          parent: text,
          identity: text,
          refId: text,
          origins: z.array(z.string()).describe('Sources whose events have it.'),
          events: count,
          lastSeq: count,
          lastAt: moment.nullable(),
          candidates: z.array(shownEntitySchema).optional(),
        })
        .meta({ id: 'UnmatchedName' }),
    ),
    next,
  })
  .meta({ id: 'UnmatchedNames' })
