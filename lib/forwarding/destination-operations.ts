import { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import {
  destinationAnswerSchema,
  destinationsAnswerSchema,
  idAnswerSchema,
  kindsAnswerSchema,
  previewAnswerSchema,
} from './destination-answers'
import { destinationPathSchema } from './destination-routes'
import { changeDestinationSchema, createDestinationSchema, previewDestinationSchema } from './input'
import { STREAM_OPERATIONS } from './stream-operations'

const JSON_TYPE = 'application/json'
const PATH = '/api/v1/destinations'
const ONE = `${PATH}/019a9d0c-0000-4000-8000-000000000000`
const TAG = 'Forwarding'

const json = (description: string, schema: z.ZodType) => ({ description, content: { [JSON_TYPE]: schema } })
const body = (description: string, schema: z.ZodType) => ({ ...json(description, schema), required: true })
const sendJson = '-H "Content-Type: application/json"'

const INPUT_PROBLEMS = {
  400: 'A field is missing or not possible; `errors` says which and why.',
  413: 'The body is too large.',
}
const NOT_FOUND = { 404: 'There is no such destination in this workspace.' }

export const FORWARDING_OPERATIONS: readonly Operation[] = [
  {
    id: 'listDestinationKinds',
    tag: TAG,
    method: 'GET',
    path: '/api/v1/destination-kinds',
    permission: 'destinations:read',
    summary: 'Kinds of destinations',
    description: 'What can be added, what each promises, and the fields that it has.',
    answers: { 200: json('The kinds.', kindsAnswerSchema) },
    example: '"$SPOOR/api/v1/destination-kinds"',
  },
  {
    id: 'listDestinations',
    tag: TAG,
    method: 'GET',
    path: PATH,
    permission: 'destinations:read',
    summary: 'List destinations',
    description:
      'All destinations with their statistics, and those of the last 30 days that can be restored.',
    answers: { 200: json('The destinations, oldest first.', destinationsAnswerSchema) },
    example: `"$SPOOR${PATH}"`,
  },
  {
    id: 'createDestination',
    tag: TAG,
    method: 'POST',
    path: PATH,
    permission: 'destinations:manage',
    summary: 'Add a destination',
    description: [
      'Events go there from now on, or with `start: "beginning"` the whole trail first. The kind’s own fields stand beside the common ones.',
      'Whoever holds a token with `destinations:manage` can have the trail sent wherever they like.',
    ].join('\n\n'),
    body: body('The destination.', createDestinationSchema),
    answers: {
      201: {
        ...json('It is there and switched on.', idAnswerSchema),
        headers: { location: { description: 'Its path.', schema: z.string() } },
      },
    },
    problems: INPUT_PROBLEMS,
    example: `"$SPOOR${PATH}" ${sendJson} \\\n  -d '{"kind":"http","url":"https://logs.example.com/in","types":["account"]}'`,
  },
  {
    id: 'previewDestination',
    tag: TAG,
    method: 'POST',
    path: `${PATH}/preview`,
    permission: 'destinations:manage',
    summary: 'What an event would look like',
    description:
      'Your own latest event that the filter lets through, as it would leave: masked, encoded, with its headers. Nothing is sent or stored; secrets read •••. With `id` the stored secrets of that destination count. The token needs `events:read` as well.',
    body: body('The destination as it would be.', previewDestinationSchema),
    answers: { 200: json('What would leave.', previewAnswerSchema) },
    problems: { ...INPUT_PROBLEMS, ...NOT_FOUND, 429: 'This workspace is searched by too many at once.' },
    example: `"$SPOOR${PATH}/preview" ${sendJson} \\\n  -d '{"kind":"http","url":"https://logs.example.com/in"}'`,
  },
  {
    id: 'getDestination',
    tag: TAG,
    method: 'GET',
    path: `${PATH}/{id}`,
    permission: 'destinations:read',
    summary: 'Get a destination',
    description: 'Its configuration without secrets, its statistics, and what it stores.',
    parameters: { path: destinationPathSchema },
    answers: { 200: json('The destination.', destinationAnswerSchema) },
    problems: NOT_FOUND,
    example: `"$SPOOR${ONE}"`,
  },
  {
    id: 'updateDestination',
    tag: TAG,
    method: 'PUT',
    path: `${PATH}/{id}`,
    permission: 'destinations:manage',
    summary: 'Change a destination',
    description: [
      'Replaces all fields; a secret that is left out stays. What waits is tried at once. A new filter judges what comes from now on; what happened before is forwarded by the old one.',
      'A destination that is paused or disabled stays so until it is resumed.',
    ].join('\n\n'),
    parameters: { path: destinationPathSchema },
    body: body('The whole destination.', changeDestinationSchema),
    answers: { 200: json('It is changed.', idAnswerSchema) },
    problems: { ...INPUT_PROBLEMS, ...NOT_FOUND },
    example: `-X PUT "$SPOOR${ONE}" ${sendJson} \\\n  -d '{"kind":"http","url":"https://logs.example.com/in","levels":["error","critical"]}'`,
  },
  {
    id: 'removeDestination',
    tag: TAG,
    method: 'DELETE',
    path: `${PATH}/{id}`,
    permission: 'destinations:manage',
    summary: 'Remove a destination',
    description: 'Nothing is sent any more. For 30 days it can be restored, and then goes on where it was.',
    parameters: { path: destinationPathSchema },
    answers: { 200: json('It is removed.', idAnswerSchema) },
    problems: NOT_FOUND,
    example: `-X DELETE "$SPOOR${ONE}"`,
  },
  ...STREAM_OPERATIONS,
]
