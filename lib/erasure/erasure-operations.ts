import { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import { erasureSchema, erasuresSchema } from './answers'
import { erasurePathSchema } from './erasures-route'
import { eraseActorSchema, eraseValuesSchema } from './input'

const JSON_TYPE = 'application/json'
const PATH = '/api/v1/erasures'
const TAG = 'Erasure and retention'
const answer = (description: string, schema: z.ZodType) => ({ description, content: { [JSON_TYPE]: schema } })

export const ERASURE_OPERATIONS: readonly Operation[] = [
  {
    id: 'eraseValues',
    tag: TAG,
    method: 'POST',
    path: PATH,
    permission: 'events:erase',
    summary: 'Erase values, or everything about an actor',
    description: [
      'Erases values for good, here and in whatever is derived from them. The tree of hashes does not change, so what is left stays provable, and an event `trail.redaction` says which events lost values, why, and by whom.',
      'Values of chosen events are gone when the answer comes. Everything about one actor is erased in the background: the actor (or on whose behalf), the targets that name them and, with `mentions`, each other value in which they stand. What was done, when, and whether it worked stays.',
      'A unit is a member of the event, or a member of that: `/actor/login`. A list such as `/targets` is one. Copies that destinations have got are theirs to erase.',
    ].join('\n\n'),
    body: {
      description: 'Either events and pointers, or an actor.',
      required: true,
      content: { [JSON_TYPE]: z.union([eraseValuesSchema, eraseActorSchema]) },
    },
    answers: {
      200: answer('The values are gone.', erasureSchema),
      202: answer('It has begun.', erasureSchema),
    },
    problems: {
      400: 'Something is not understood, or there is nothing to erase.',
      404: 'One of the events is not in this trail.',
      409: 'A legal hold is active, or one of the events is not sealed yet.',
      413: 'The body is too large.',
    },
    example: `"$SPOOR${PATH}" -H "Content-Type: application/json" \\\n  -d '{"seqs":[17],"pointers":["/actor/login"],"reasonCode":"data_subject_request"}'`,
  },
  {
    id: 'listErasures',
    tag: TAG,
    method: 'GET',
    path: PATH,
    permission: 'events:read',
    summary: 'List erasures',
    description: 'What was erased on demand, and how far what still runs has come.',
    answers: { 200: answer('The erasures.', erasuresSchema) },
    example: `"$SPOOR${PATH}"`,
  },
  {
    id: 'getErasure',
    tag: TAG,
    method: 'GET',
    path: `${PATH}/{id}`,
    permission: 'events:read',
    summary: 'Get one erasure',
    description: 'How far an erasure has come.',
    parameters: { path: erasurePathSchema },
    answers: { 200: answer('The erasure.', erasureSchema) },
    problems: { 404: 'There is no such erasure in this workspace.' },
    example: `"$SPOOR${PATH}/019a9d0c-0000-7000-8000-000000000000"`,
  },
]
