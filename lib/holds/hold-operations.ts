import { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import { holdPathSchema, releaseBodySchema } from './holds-route'
import { placeHoldSchema } from './input'

const JSON_TYPE = 'application/json'
const PATH = '/api/v1/holds'
const TAG = 'Erasure and retention'
const moment = z.iso.datetime({ precision: 3 })

const holdSchema = z
  .strictObject({
    id: z.uuid(),
    reason: z.string(),
    until: moment.nullable(),
    placedBy: z.string(),
    placedAt: moment,
    releasedBy: z.string().nullable(),
    releasedAt: moment.nullable(),
    releaseReason: z.string().nullable(),
    isActive: z.boolean(),
  })
  .meta({ id: 'LegalHold' })
const holdsSchema = z.strictObject({ holds: z.array(holdSchema) }).meta({ id: 'LegalHolds' })
const answer = (description: string, schema: z.ZodType) => ({ description, content: { [JSON_TYPE]: schema } })

export const HOLD_OPERATIONS: readonly Operation[] = [
  {
    id: 'listHolds',
    tag: TAG,
    method: 'GET',
    path: PATH,
    permission: 'events:read',
    summary: 'List legal holds',
    description: 'The holds of this trail, latest first, those that have ended too.',
    answers: { 200: answer('The holds.', holdsSchema) },
    example: `"$SPOOR${PATH}"`,
  },
  {
    id: 'placeHold',
    tag: TAG,
    method: 'POST',
    path: PATH,
    permission: 'events:erase',
    summary: 'Place a legal hold',
    description:
      'While it is active nothing of the trail is erased or dropped, not even what has begun already.',
    body: { description: 'Why, and until when.', required: true, content: { [JSON_TYPE]: placeHoldSchema } },
    answers: { 201: answer('The hold.', holdSchema) },
    problems: { 400: 'Something is not understood.', 413: 'The body is too large.' },
    example: `"$SPOOR${PATH}" -H "Content-Type: application/json" -d '{"reason":"Case 4711"}'`,
  },
  {
    id: 'releaseHold',
    tag: TAG,
    method: 'POST',
    path: `${PATH}/{id}/release`,
    permission: 'events:erase',
    summary: 'Release a legal hold',
    description: 'What waited for it goes on.',
    parameters: { path: holdPathSchema },
    body: { description: 'Why.', required: true, content: { [JSON_TYPE]: releaseBodySchema } },
    answers: { 200: answer('The hold as it ended.', holdSchema) },
    problems: {
      400: 'Something is not understood.',
      404: 'There is no such hold in this workspace.',
      413: 'The body is too large.',
    },
    example: `"$SPOOR${PATH}/019a9d0c-0000-7000-8000-000000000000/release" -H "Content-Type: application/json" \\\n  -d '{"reason":"Case 4711 is settled"}'`,
  },
]
