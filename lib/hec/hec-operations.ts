import { z } from 'zod'
import type { Answer, Operation } from '@/lib/api/operation'

const JSON_TYPE = 'application/json'

const answerSchema = z.strictObject({
  text: z.string().describe("Splunk's words."),
  code: z.int().describe("Splunk's code; 0 is success."),
  'invalid-event-number': z
    .int()
    .min(0)
    .optional()
    .describe('The first event that was not taken, counted from 0. Those before it are in the trail.'),
  detail: z.string().optional().describe('Our own words beside them; Splunk has no such member.'),
})

/** The envelope of an event; other members are kept in `data`. */
const envelopeSchema = z.looseObject({
  event: z.union([z.string(), z.number(), z.boolean(), z.looseObject({}), z.array(z.unknown())]),
  time: z.union([z.number(), z.string()]).optional().describe('Seconds since 1970, with a fraction.'),
  host: z.string().optional().describe('Becomes `source`.'),
  source: z.string().optional(),
  sourcetype: z.string().optional().describe('Becomes `type`; `splunk` without it.'),
  index: z.string().optional(),
  fields: z.looseObject({}).optional().describe('Flat: no objects in it.'),
})

const querySchema = z.object({
  host: z.string().optional(),
  source: z.string().optional(),
  sourcetype: z.string().optional(),
  index: z.string().optional(),
  time: z.string().optional(),
})

const answer = (description: string): Answer => ({ description, content: { [JSON_TYPE]: answerSchema } })

const REFUSALS = {
  400: answer(
    'An event is not taken (codes 6, 12, 13, 15), there is none (5), or the token stood in the URL (16).',
  ),
  401: answer('There is no token (2), or not in a form that Splunk knows (3).'),
  403: answer('The token is unknown, revoked or expired (4), or may not write (1).'),
  413: answer('The body inflates to more than 250 times its size.'),
  415: answer('Content-Encoding is neither gzip nor absent.'),
  503: answer('The server is busy (9): send all again after Retry-After.'),
}

const common = {
  tag: 'Splunk HEC',
  method: 'POST',
  permission: 'events:write',
  schemes: ['splunk'],
} as const

/** Splunk's HTTP Event Collector, for the forwarders and libraries that speak it. */
export const HEC_OPERATIONS: readonly Operation[] = [
  {
    ...common,
    id: 'sendHecEvents',
    path: '/services/collector/event',
    summary: 'Send events as to Splunk',
    description:
      'JSON objects one after the other, any number, also gzip; also at /services/collector and with /1.0 at the end. ' +
      'The token may be the password of Basic authorization too.\n\n' +
      'Events are taken in their order until the first that can not be; its number is told, those after it are not taken.',
    parameters: { query: querySchema },
    body: {
      description: 'Envelopes without commas between them; an array of them is taken too.',
      required: true,
      content: { [JSON_TYPE]: envelopeSchema },
    },
    answers: { 200: answer('All events are durable and readable.'), ...REFUSALS },
    example: `"$SPOOR/services/collector/event" -d '{"event":{"action":"signed in","user":"ada"},"sourcetype":"shop"}'`,
  },
  {
    ...common,
    id: 'sendHecLines',
    path: '/services/collector/raw',
    summary: 'Send lines as to Splunk',
    description:
      'Every line that is not blank is an event; what holds for all of them stands in the query string. ' +
      'A line that is a JSON object is read as one.',
    parameters: { query: querySchema },
    body: { description: 'Lines of UTF-8 text.', required: true, content: { 'text/plain': z.string() } },
    answers: { 200: answer('All lines are durable and readable.'), ...REFUSALS },
    example: `"$SPOOR/services/collector/raw?sourcetype=app&host=web-1" --data-binary @app.log`,
  },
  {
    id: 'readHecHealth',
    tag: 'Splunk HEC',
    method: 'GET',
    path: '/services/collector/health',
    summary: 'Ask whether events are taken',
    description: 'Anybody may ask. A token that is sent along is checked.',
    answers: {
      200: answer('Events are taken (17).'),
      400: answer('The token that was sent along is not valid (21).'),
      503: answer('The database does not answer (18).'),
    },
    example: `"$SPOOR/services/collector/health"`,
  },
  {
    ...common,
    id: 'readHecAcks',
    path: '/services/collector/ack',
    summary: 'Acknowledgement, which is off',
    description:
      'An event is durable before its request is answered, so there is nothing to ask for afterwards.',
    answers: {
      400: answer('Always, for a valid token (14).'),
      401: REFUSALS[401],
      403: REFUSALS[403],
      503: REFUSALS[503],
    },
    example: `"$SPOOR/services/collector/ack" -d '{"acks":[0]}'`,
  },
]
