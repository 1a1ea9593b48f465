import { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import {
  countAnswerSchema,
  entityFacetsAnswerSchema,
  facetsAnswerSchema,
  histogramAnswerSchema,
  shownEventSchema,
  shownPageSchema,
  storedEventSchema,
} from './answers'
import { exportSchema } from './export/input'
import { MEDIA_TYPES } from './export/write-format'
import { filterParametersSchema } from './filter-parameters'
import { receivedSchema, verdictsSchema } from './receive/answers'
import { eventPathSchema, eventQuerySchema } from './send-event'
import { pageSchema } from './send-events'
import { followHeaderSchema, followSchema } from './send-follow'
import { countSchema, entityFacetsSchema, facetsSchema, histogramSchema } from './send-overview'

const JSON_TYPE = 'application/json'

type Reading = Pick<Operation, 'id' | 'path' | 'summary' | 'description' | 'answers' | 'example'> & {
  query: z.ZodObject
  header?: z.ZodObject
  problems?: Operation['problems']
}

/** What all reading of many events has in common: the method, the permission, the filter. */
const reading = ({ query, header, problems, ...rest }: Reading): Operation => ({
  tag: 'Events',
  method: 'GET',
  permission: 'events:read',
  parameters: { query: filterParametersSchema.extend(query.shape), ...(header && { header }) },
  takesFieldPaths: true,
  problems: {
    400: 'A parameter is unknown or not understood; `errors` says which and why.',
    429: 'This workspace is searched by too many at once.',
    ...problems,
  },
  ...rest,
})

const json = (description: string, schema: z.ZodType) => ({ description, content: { [JSON_TYPE]: schema } })

const [NDJSON, JSON_ARRAY, CSV] = [MEDIA_TYPES.ndjson, MEDIA_TYPES.json, MEDIA_TYPES.csv]
const seqHeader = (description: string) => ({ description, schema: z.int().min(-1) })

const SEND: Operation = {
  id: 'sendEvents',
  tag: 'Events',
  method: 'POST',
  path: '/api/v1/events',
  permission: 'events:write',
  summary: 'Send events',
  description: [
    'Appends events to the trail and answers once they are durable, each with a verdict of its own.',
    'JSON takes up to 1,000 events and 10 MiB. NDJSON takes any number: verdicts come back line by line while you send, so read them. A line that could not be read on is followed by a last one with status failed.',
    'With `wait=sealed` the answer to JSON comes when a signed checkpoint covers the events, about a second later, and holds the proof of each.',
    'After a 503, or no answer at all, send again. With dataSource and externalRef, or an Idempotency-Key, nothing doubles.',
  ].join('\n\n'),
  parameters: {
    query: z.object({
      wait: z.enum(['sealed']).optional().describe('Answer with proofs; JSON only, ten seconds at most.'),
    }),
    header: z.object({
      'Idempotency-Key': z
        .string()
        .max(255)
        .optional()
        .describe('Of your making: the same request sent twice under it is one.'),
      'Content-Encoding': z.enum(['gzip']).optional(),
    }),
  },
  body: {
    description: 'One event, several, or one a line.',
    required: true,
    content: { [JSON_TYPE]: receivedSchema, 'application/x-ndjson': z.string() },
  },
  answers: {
    200: json('All are in the trail; some had been there before.', verdictsSchema),
    201: json('All are new.', verdictsSchema),
    207: json('Some were rejected.', verdictsSchema),
  },
  problems: {
    400: 'Not JSON, or waiting for what can’t be waited for.',
    413: 'More events or bytes than one request may have.',
    415: 'Another media type, charset or encoding.',
    422: 'Every event was rejected; `results` has the verdicts.',
  },
  example:
    '"$SPOOR/api/v1/events" -H "Content-Type: application/json" \\\n  -d \'{"type":"account","action":"signed in","actor":{"login":"jdoe25"}}\'',
}

export const TRAIL_OPERATIONS: readonly Operation[] = [
  SEND,
  reading({
    id: 'listEvents',
    path: '/api/v1/events',
    summary: 'List events',
    description:
      'A page of the events that pass the filter, by their place in the trail. No event is on two pages or on none, also while others arrive.\n\nWith `fields=target` they come under the names of the log target of collection lines, with `matched=true` beside what the ledger knows of their actors and targets.\n\nTo poll, ask with `after` and the last seq you have.',
    query: pageSchema,
    answers: { 200: json('A page.', shownPageSchema) },
    example: '"$SPOOR/api/v1/events?type=account&status=fail&from=-24h&limit=100"',
  }),
  {
    id: 'getEvent',
    tag: 'Events',
    method: 'GET',
    path: '/api/v1/events/{id}',
    permission: 'events:read',
    summary: 'Get one event',
    description: 'One event by its id.',
    parameters: { path: eventPathSchema, query: eventQuerySchema },
    answers: { 200: json('The event.', shownEventSchema) },
    problems: {
      400: 'There are no such fields.',
      404: 'There is no such event in this trail.',
    },
    example: '"$SPOOR/api/v1/events/019a9d0c-0000-7000-8000-000000000000"',
  },
  reading({
    id: 'countEvents',
    path: '/api/v1/events/count',
    summary: 'Count events',
    description: 'How many events pass the filter.',
    query: countSchema,
    answers: { 200: json('The number.', countAnswerSchema) },
    example: '"$SPOOR/api/v1/events/count?minLevel=error"',
  }),
  reading({
    id: 'readFacets',
    path: '/api/v1/events/facets',
    summary: 'Most frequent values',
    description: 'For each facet the values that most events have, with their numbers.',
    query: facetsSchema,
    answers: { 200: json('The values.', facetsAnswerSchema) },
    example: '"$SPOOR/api/v1/events/facets?facet=actor&facet=action&from=-7d"',
  }),
  reading({
    id: 'readEntityFacets',
    path: '/api/v1/events/entity-facets',
    summary: 'Most frequent people and organisations',
    description:
      'Who did most of what passes the filter, by the ledger. Events that are not matched count for nobody.',
    query: entityFacetsSchema,
    answers: { 200: json('People and organisations.', entityFacetsAnswerSchema) },
    example: '"$SPOOR/api/v1/events/entity-facets?type=admin&from=-7d"',
  }),
  reading({
    id: 'readHistogram',
    path: '/api/v1/events/histogram',
    summary: 'Events over time',
    description: 'How many events of each level happened, in equal steps of time.',
    query: histogramSchema,
    answers: { 200: json('The bars.', histogramAnswerSchema) },
    example: '"$SPOOR/api/v1/events/histogram?from=-30d&bars=30"',
  }),
  reading({
    id: 'exportEvents',
    path: '/api/v1/events/export',
    summary: 'Export events',
    description: [
      'Everything that passes the filter and is in the trail when you ask, as a file of any size. It streams at your speed, compressed if you accept gzip.',
      'A connection that breaks before the end means that the file is not whole. Go on with `after` and the last seq you have.',
      'In CSV, cells that a spreadsheet would run as a formula begin with an apostrophe.',
    ].join('\n\n'),
    query: exportSchema,
    answers: {
      200: {
        description: 'The file.',
        content: {
          [NDJSON]: z.string().describe('One event a line.'),
          [JSON_ARRAY]: z.array(
            z.union([storedEventSchema, z.record(z.string(), z.union([z.string(), z.number()]))]),
          ),
          [CSV.replace(/;.*/, '')]: z.string().describe('RFC 4180, UTF-8, with a header.'),
        },
        headers: {
          'x-spoor-first-seq': seqHeader('The first place in the trail that was looked at.'),
          'x-spoor-through-seq': seqHeader('The last one; give it as `after` for what comes later.'),
        },
      },
    },
    problems: { 429: 'This workspace has as many exports running as it may.' },
    example: '--compressed -o trail.csv "$SPOOR/api/v1/events/export?format=csv&type=account&from=-90d"',
  }),
  reading({
    id: 'followEvents',
    path: '/api/v1/events/follow',
    summary: 'Follow the trail',
    description: [
      'Events as they come, as server-sent events. The id of a message is the event’s seq; a client that comes back with it as Last-Event-ID misses nothing and gets nothing twice.',
      'A message of the kind `position` says only that nothing up to its id has to be looked at again. The stream ends when the token is revoked.',
    ].join('\n\n'),
    query: followSchema,
    header: followHeaderSchema,
    answers: { 200: { description: 'The stream.', content: { 'text/event-stream': z.string() } } },
    problems: { 429: 'This workspace is followed by as many readers as it may.' },
    example: '-N "$SPOOR/api/v1/events/follow?minLevel=warning"',
  }),
]
