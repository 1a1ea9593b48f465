import { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import {
  channelsAnswerSchema,
  destinationAnswerSchema,
  destinationsAnswerSchema,
  idAnswerSchema,
  kindsAnswerSchema,
  previewAnswerSchema,
} from './destination-answers'
import { destinationPathSchema } from './destination-routes'
import { INPUT_SCHEMAS } from './input'
import { body, CROWD, INPUT_PROBLEMS, json, operationPartsOf, sendJson } from './operation-parts'
import { streamOperationsOf } from './stream-operations'

/** What differs between the two, in words and examples. */
const SAID = {
  forwarding: {
    list: destinationsAnswerSchema,
    create: [
      'Events go there from now on, or with `start: "beginning"` the whole trail first. The kind’s own fields stand beside the common ones.',
      'Whoever holds a token with `destinations:manage` can have the trail sent wherever they like.',
    ],
    created: 'It is there and switched on.',
    update: ['A destination that is paused or disabled stays so until it is resumed.'],
    preview: 'as it would leave: masked, encoded, with its headers',
    small: '{"kind":"http","url":"https://logs.example.com/in"}',
    added: '{"kind":"http","url":"https://logs.example.com/in","types":["account"]}',
    changed: '{"kind":"http","url":"https://logs.example.com/in","levels":["error","critical"]}',
  },
  channel: {
    list: channelsAnswerSchema,
    create: [
      'People are told of what comes from now on: at once, or collected over an interval, or only when a number is reached within a time (`threshold`). The kind’s own fields stand beside the common ones.',
      'Whoever holds a token with `destinations:manage` can have what the trail says sent wherever they like.',
    ],
    created: 'It is there, switched on unless `enabled` is false.',
    update: [
      '`enabled` switches it on or off as well; left out, it stays as it is. A changed filter or threshold counts anew.',
    ],
    preview: 'in the message that people would get: masked, counted, with its headers',
    small: '{"kind":"email","to":["soc@example.com"]}',
    added: '{"kind":"email","to":["soc@example.com"],"levels":["error","critical"],"everySeconds":900}',
    changed: '{"kind":"email","to":["soc@example.com"],"everySeconds":86400,"at":"08:00"}',
  },
} as const

/** Everything that a token can do with the destinations of a role. */
export function destinationOperationsOf(role: DestinationRole): readonly Operation[] {
  const { noun, title, path, one, tag, notFound, full } = operationPartsOf(role)
  const { create, change, preview } = INPUT_SCHEMAS[role]
  const said = SAID[role]
  return [
    {
      id: `list${title}Kinds`,
      tag,
      method: 'GET',
      path: `/api/v1/${noun}-kinds`,
      permission: 'destinations:read',
      summary: `Kinds of ${noun}s`,
      description: 'What can be added, what each promises, and the fields that it has.',
      answers: { 200: json('The kinds.', kindsAnswerSchema) },
      example: `"$SPOOR/api/v1/${noun}-kinds"`,
    },
    {
      id: `list${title}s`,
      tag,
      method: 'GET',
      path,
      permission: 'destinations:read',
      summary: `List ${noun}s`,
      description: `All ${noun}s with their statistics, and those of the last 30 days that can be restored.`,
      answers: { 200: json(`The ${noun}s, oldest first.`, said.list) },
      example: `"$SPOOR${path}"`,
    },
    {
      id: `create${title}`,
      tag,
      method: 'POST',
      path,
      permission: 'destinations:manage',
      summary: `Add a ${noun}`,
      description: said.create.join('\n\n'),
      body: body(`The ${noun}.`, create),
      answers: {
        201: {
          ...json(said.created, idAnswerSchema),
          headers: { location: { description: 'Its path.', schema: z.string() } },
        },
      },
      problems: { ...INPUT_PROBLEMS, ...full },
      example: `"$SPOOR${path}" ${sendJson} \\\n  -d '${said.added}'`,
    },
    {
      id: `preview${title}`,
      tag,
      method: 'POST',
      path: `${path}/preview`,
      permission: 'destinations:manage',
      summary: 'What an event would look like',
      description: `Your own latest event that the filter lets through, ${said.preview}. Nothing is sent or stored; secrets read •••. With \`id\` the stored secrets of that ${noun} count. The token needs \`events:read\` as well.`,
      body: body(`The ${noun} as it would be.`, preview),
      answers: { 200: json('What would leave.', previewAnswerSchema) },
      problems: { ...INPUT_PROBLEMS, ...notFound, ...CROWD },
      example: `"$SPOOR${path}/preview" ${sendJson} \\\n  -d '${said.small}'`,
    },
    {
      id: `get${title}`,
      tag,
      method: 'GET',
      path: `${path}/{id}`,
      permission: 'destinations:read',
      summary: `Get a ${noun}`,
      description: 'Its configuration without secrets, its statistics, and what it stores.',
      parameters: { path: destinationPathSchema },
      answers: { 200: json(`The ${noun}.`, destinationAnswerSchema) },
      problems: notFound,
      example: `"$SPOOR${one}"`,
    },
    {
      id: `update${title}`,
      tag,
      method: 'PUT',
      path: `${path}/{id}`,
      permission: 'destinations:manage',
      summary: `Change a ${noun}`,
      description: [
        'Replaces all fields; a secret that is left out stays. What waits is tried at once. A new filter judges what comes from now on; what happened before is forwarded by the old one.',
        ...said.update,
      ].join('\n\n'),
      parameters: { path: destinationPathSchema },
      body: body(`The whole ${noun}.`, change),
      answers: { 200: json('It is changed.', idAnswerSchema) },
      problems: { ...INPUT_PROBLEMS, ...notFound, 409: 'Somebody has changed it since `unchangedSince`.' },
      example: `-X PUT "$SPOOR${one}" ${sendJson} \\\n  -d '${said.changed}'`,
    },
    {
      id: `remove${title}`,
      tag,
      method: 'DELETE',
      path: `${path}/{id}`,
      permission: 'destinations:manage',
      summary: `Remove a ${noun}`,
      description: 'Nothing is sent any more. For 30 days it can be restored, and then goes on where it was.',
      parameters: { path: destinationPathSchema },
      answers: { 200: json('It is removed.', idAnswerSchema) },
      problems: notFound,
      example: `-X DELETE "$SPOOR${one}"`,
    },
    ...streamOperationsOf(role),
  ]
}
