import type { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import {
  attemptsAnswerSchema,
  deadLettersAnswerSchema,
  hoursAnswerSchema,
  idAnswerSchema,
  replaySchema,
  replaysAnswerSchema,
  skippedAnswerSchema,
  streamEventsAnswerSchema,
  testAnswerSchema,
} from './destination-answers'
import { destinationPathSchema, hoursQuerySchema, replayPathSchema } from './destination-routes'
import { replayBodySchema, resumeBodySchema, skipBodySchema } from './stream-input'
import { pageRequestSchema } from './stream-page'

const JSON_TYPE = 'application/json'
const PATH = '/api/v1/destinations/{id}'
const ONE = '/api/v1/destinations/019a9d0c-0000-4000-8000-000000000000'

const json = (description: string, schema: z.ZodType) => ({ description, content: { [JSON_TYPE]: schema } })
const sendJson = '-H "Content-Type: application/json"'
type Problems = Record<number, string>
const NONE: Problems = {}
const QUERY_PROBLEMS: Problems = { 400: 'A parameter is not understood.' }
const INPUT_PROBLEMS: Problems = {
  400: 'Something is not understood, or not possible.',
  413: 'The body is too large.',
}
const NOT_FOUND: Problems = { 404: 'There is no such destination in this workspace.' }

type Reading = Pick<Operation, 'id' | 'summary' | 'description' | 'answers' | 'problems'> & {
  part: string
  query?: z.ZodObject
}

/** What all reading of one destination's history has in common. */
const reading = ({ part, query, problems, ...rest }: Reading): Operation => ({
  tag: 'Forwarding',
  method: 'GET',
  path: `${PATH}/${part}`,
  permission: 'destinations:read',
  parameters: { path: destinationPathSchema, ...(query && { query }) },
  problems: { ...NOT_FOUND, ...(query ? QUERY_PROBLEMS : NONE), ...problems },
  example: `"$SPOOR${ONE}/${part}"`,
  ...rest,
})

type Act = Pick<Operation, 'id' | 'summary' | 'description' | 'answers' | 'problems'> & {
  part: string
  input?: { description: string; schema: z.ZodType; example: string }
}

/** What all acting on one destination has in common. */
const act = ({ part, input, problems, ...rest }: Act): Operation => ({
  tag: 'Forwarding',
  method: 'POST',
  path: `${PATH}/${part}`,
  permission: 'destinations:manage',
  parameters: { path: destinationPathSchema },
  ...(input && { body: { ...json(input.description, input.schema), required: true } }),
  problems: {
    ...NOT_FOUND,
    ...(input ? INPUT_PROBLEMS : NONE),
    ...problems,
  },
  example: input
    ? `"$SPOOR${ONE}/${part}" ${sendJson} -d '${input.example}'`
    : `-X POST "$SPOOR${ONE}/${part}"`,
  ...rest,
})

const CROWD = { 429: 'This workspace is searched by too many at once.' }

/** The place of a destination in the trail: what it got, what it will get, and how a person moves it. */
export const STREAM_OPERATIONS: readonly Operation[] = [
  act({
    id: 'testDestination',
    part: 'test',
    summary: 'Test a destination',
    description:
      'Asks the receiver how it is, where its kind can be asked, sends one made-up event, and answers with the receiver’s own words. Moves nothing and counts nowhere.',
    answers: { 200: json('What the receiver said, good or bad.', testAnswerSchema) },
  }),
  act({
    id: 'pauseDestination',
    part: 'pause',
    summary: 'Pause a destination',
    description: 'Nothing is sent; it keeps its place in the trail.',
    answers: { 200: json('It is paused.', idAnswerSchema) },
  }),
  act({
    id: 'resumeDestination',
    part: 'resume',
    summary: 'Resume a destination',
    description:
      'Also one that Spoor disabled. It goes on where it stopped, or later; what lies between is skipped, on record. To send again what was sent, replay.',
    input: {
      description: 'Where it goes on.',
      schema: resumeBodySchema,
      example: '{"from":"time","at":"2026-11-20T00:00:00Z"}',
    },
    answers: { 200: json('It is running.', idAnswerSchema) },
    problems: { 409: 'It is running already, and would have to skip events.' },
  }),
  act({
    id: 'retryDestination',
    part: 'retry',
    summary: 'Try again now',
    description: 'The next try comes at once.',
    answers: { 200: json('It is due.', idAnswerSchema) },
    problems: { 409: 'It is switched off.' },
  }),
  act({
    id: 'restoreDestination',
    part: 'restore',
    summary: 'Restore a removed destination',
    description: 'Within 30 days; its place in the trail and its switch are as they were.',
    answers: { 200: json('It is back.', idAnswerSchema) },
  }),
  act({
    id: 'skipEvents',
    part: 'skips',
    summary: 'Skip events',
    description:
      'Leaves events out, from its place up to `throughSeq` or to the end of the trail. It stays on record.',
    input: {
      description: 'How far, and why.',
      schema: skipBodySchema,
      example: '{"throughSeq":4711,"reason":"the index was rebuilt"}',
    },
    answers: { 200: json('What is left out.', skippedAnswerSchema) },
  }),
  reading({
    id: 'listReplays',
    part: 'replays',
    summary: 'List replays',
    description: 'What was sent again, latest first, and how far the running ones are.',
    answers: { 200: json('The latest 50.', replaysAnswerSchema) },
  }),
  act({
    id: 'replayEvents',
    part: 'replays',
    summary: 'Send events again',
    description:
      'Under their old ids, and as they were judged then: a range, everything since a place or a moment, or what was set aside. It never delays what is new, and goes as far as the destination has come.',
    input: {
      description: 'Which events.',
      schema: replayBodySchema,
      example: '{"what":"since","from":"2026-11-20T00:00:00Z"}',
    },
    answers: { 201: json('It begins.', replaySchema) },
    problems: { 409: 'Ten replays are running.' },
  }),
  {
    id: 'cancelReplay',
    tag: 'Forwarding',
    method: 'DELETE',
    path: `${PATH}/replays/{replay}`,
    permission: 'destinations:manage',
    summary: 'Cancel a replay',
    description: 'It ends where it is.',
    parameters: { path: replayPathSchema },
    answers: { 200: json('The replay as it ended.', replaySchema) },
    problems: { 404: 'There is no such destination or replay in this workspace.' },
    example: `-X DELETE "$SPOOR${ONE}/replays/019a9d0c-0000-4000-8000-000000000001"`,
  },
  reading({
    id: 'listDeliveryAttempts',
    part: 'attempts',
    summary: 'List attempts',
    description: 'Each try, latest first, with what was asked and what the receiver answered.',
    query: pageRequestSchema,
    answers: { 200: json('A page.', attemptsAnswerSchema) },
  }),
  reading({
    id: 'listDeadLetters',
    part: 'dead',
    summary: 'List dead letters',
    description: 'Events that the receiver will never take, each with its reason, from the end of the trail.',
    query: pageRequestSchema,
    answers: { 200: json('A page.', deadLettersAnswerSchema) },
  }),
  reading({
    id: 'listMatchedEvents',
    part: 'matched',
    summary: 'List events that it got',
    description: 'Newest first. The token needs `events:read` as well.',
    query: pageRequestSchema,
    answers: { 200: json('A page.', streamEventsAnswerSchema) },
    problems: CROWD,
  }),
  reading({
    id: 'listUnsentEvents',
    part: 'unsent',
    summary: 'List events that it will get',
    description: 'Oldest first. The token needs `events:read` as well.',
    query: pageRequestSchema,
    answers: { 200: json('A page.', streamEventsAnswerSchema) },
    problems: CROWD,
  }),
  reading({
    id: 'readDeliveryHours',
    part: 'hours',
    summary: 'Deliveries by hour',
    description: 'What was sent, failed and was set aside in each of the last hours, oldest first.',
    query: hoursQuerySchema,
    answers: { 200: json('Each hour.', hoursAnswerSchema) },
  }),
]
