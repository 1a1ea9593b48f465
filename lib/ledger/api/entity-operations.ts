import { idAnswerSchema } from '@/lib/api/answer-parts'
import { json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import { saveEntitySchema } from '@/lib/ledger/entities/input'
import { timelineSchema } from '@/lib/ledger/timeline/input'
import { entitiesAnswerSchema, entitySchema } from './ledger-answers'
import { entitiesQuerySchema } from './ledger-queries'
import { CROWD, ledgerOperation } from './operation-parts'
import { activityAnswerSchema, timelineAnswerSchema } from './timeline-answers'

const ENTITIES = '/api/v1/ledger/entities'

/** Who and what a workspace's events speak of. */
export const ENTITY_OPERATIONS: readonly Operation[] = [
  ledgerOperation({
    id: 'listEntities',
    method: 'GET',
    path: ENTITIES,
    query: entitiesQuerySchema,
    permission: 'ledger:read',
    summary: 'List entities of the ledger',
    description: 'By type and key; with `q` those that have words beginning so.',
    answers: { 200: json('A page.', entitiesAnswerSchema) },
    example: { query: '?type=account&q=gustavo' },
  }),
  ledgerOperation({
    id: 'saveEntity',
    method: 'POST',
    path: ENTITIES,
    permission: 'ledger:write',
    summary: 'Add or change an entity',
    description:
      'By its type and key. What is given holds from `validFrom` on, and what was known before stays; with `records`, these are all that is known of it. Names of the trail are matched again.',
    input: {
      description: 'The entity.',
      schema: saveEntitySchema,
      example: {
        type: 'account',
        attributes: { login: 'pgustavo', sid: 'S-1-5-21-4020993649-1037605423-417876593-1104' },
        links: { repository: 'THESHIRE', identity: 'pgustavo' },
      },
    },
    answers: { 200: json('It is saved.', entitySchema) },
    problems: {
      404: 'There is no entity with this `id`.',
      409: 'Another one has this key, somebody has changed it since `unchangedSince`, or a large file is being loaded.',
    },
  }),
  ledgerOperation({
    id: 'getEntity',
    method: 'GET',
    path: `${ENTITIES}/{id}`,
    of: 'entity',
    permission: 'ledger:read',
    summary: 'Get an entity',
    description: 'With all its records, what they link to, and what links to it.',
    answers: { 200: json('The entity.', entitySchema) },
  }),
  ledgerOperation({
    id: 'removeEntity',
    method: 'DELETE',
    path: `${ENTITIES}/{id}`,
    of: 'entity',
    permission: 'ledger:write',
    summary: 'Remove an entity',
    description:
      'With all its records. Its name goes out of all matches, also those of before; events that it was matched with show their own names again.',
    answers: { 200: json('It is removed.', idAnswerSchema) },
  }),
  ledgerOperation({
    id: 'readTimeline',
    method: 'GET',
    path: `${ENTITIES}/{id}/events`,
    of: 'entity',
    query: timelineSchema,
    permission: 'ledger:read',
    summary: 'An entity’s timeline',
    description:
      'Newest first: what it did (a person over all accounts, an organisation over its people), what was done to it, or its sign-ins; each event only while its names meant the entity. The token also needs `events:read`.',
    answers: { 200: json('A page.', timelineAnswerSchema) },
    problems: CROWD,
    example: { query: '?side=target' },
  }),
  ledgerOperation({
    id: 'countActivity',
    method: 'GET',
    path: `${ENTITIES}/{id}/activity`,
    of: 'entity',
    permission: 'ledger:read',
    summary: 'How much an entity did',
    description:
      'How many events it did and how many were done to it, and what events call it. The token also needs `events:read`.',
    answers: { 200: json('The numbers.', activityAnswerSchema) },
    problems: CROWD,
  }),
]
