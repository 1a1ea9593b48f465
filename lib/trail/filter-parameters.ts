import { z } from 'zod'
import { LEVELS } from '@/lib/event/levels'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'
import { CHOICE_NAMES, type ChoiceName, trailFilterSchema } from './filter'

const MEANINGS: Record<ChoiceName, string> = {
  type: 'Which log.',
  level: 'Severity.',
  action: 'What was done.',
  status: 'Whether it worked.',
  code: 'Event type of the catalog.',
  category: 'Category of the event type.',
  actor: 'Who: login, identity or id.',
  target: 'Name of one of the first two targets.',
  targetType: 'Type of one of the first two targets.',
  source: 'Where from.',
  ip: 'Address of the actor, or a network such as `203.0.113.0/24`.',
  session: 'Session of the actor.',
  dataSource: 'Origin of the event.',
  q: 'A part of a word in message, actor, target, code or source; of several, each must be found.',
  actorEntity:
    'Who, by the ledger: type and key of an entity, such as `identity:jdoe` for a person over all accounts, or `organisation:sales` for its people.',
  targetEntity: 'What it was done to, by the ledger: `group:CORP\\Domain Admins`.',
}

const oneOf = (values: readonly string[]) => z.string().regex(new RegExp(`^!?(${values.join('|')})$`))
const entity = z.string().regex(new RegExp(`^!?(${ENTITY_TYPES.join('|')}):.`))
const VALUES: Partial<Record<ChoiceName, z.ZodString>> = {
  level: oneOf(LEVELS),
  status: oneOf(['success', 'fail']),
  actorEntity: entity,
  targetEntity: entity,
}

const { minLevel, from, to } = trailFilterSchema.shape
const choices = CHOICE_NAMES.map((name) => {
  const values = z.array(VALUES[name] ?? z.string()).optional()
  return [name, values.describe(MEANINGS[name])] as const
})

/** A filter as a query string has it, for the API's description; `parseFilter` reads it. */
export const filterParametersSchema = z.object({
  ...Object.fromEntries(choices),
  minLevel: minLevel.describe('This level and those above it.'),
  from: from.describe('Happened at or after: a moment, or a time back from now (`-24h`).'),
  to: to.describe('Happened before.'),
})

/** `data.request.id=…`: what stands at a path inside the event; its names are the caller's. */
export const fieldParametersSchema = z
  .record(z.string().regex(/^(data|custom)\../), z.array(z.string()))
  .describe(
    'Any path inside the event as a parameter of its own: `data.request.id=42`, `custom.custom1=x`. A dot within a name is written `\\.`.',
  )
