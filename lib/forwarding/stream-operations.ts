import type { Operation } from '@/lib/api/operation'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
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
import { hoursQuerySchema, replayPathSchema } from './destination-routes'
import { CROWD, json, operationPartsOf } from './operation-parts'
import { replayBodySchema, resumeBodySchema, skipBodySchema } from './stream-input'
import { pageRequestSchema } from './stream-page'

/** The place of a destination or channel in the trail: what it got, what it will get, and how a person moves it. */
export function streamOperationsOf(role: DestinationRole): readonly Operation[] {
  const { noun, title, path, one, tag, full, idOf, reading, act } = operationPartsOf(role)
  return [
    act({
      id: `test${title}`,
      part: 'test',
      summary: `Test a ${noun}`,
      description:
        'Asks the receiver how it is, where its kind can be asked, sends one made-up event, and answers with the receiver’s own words. Moves nothing and counts nowhere.',
      answers: { 200: json('What the receiver said, good or bad.', testAnswerSchema) },
    }),
    act({
      id: `pause${title}`,
      part: 'pause',
      summary: `Pause a ${noun}`,
      description: 'Nothing is sent; it keeps its place in the trail.',
      answers: { 200: json('It is paused.', idAnswerSchema) },
    }),
    act({
      id: `resume${title}`,
      part: 'resume',
      summary: `Resume a ${noun}`,
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
      id: `retry${title}`,
      part: 'retry',
      summary: 'Try again now',
      description: 'The next try comes at once.',
      answers: { 200: json('It is due.', idAnswerSchema) },
      problems: { 409: 'It is switched off.' },
    }),
    act({
      id: `restore${title}`,
      part: 'restore',
      summary: `Restore a removed ${noun}`,
      description: 'Within 30 days; its place in the trail and its switch are as they were.',
      answers: { 200: json('It is back.', idAnswerSchema) },
      problems: full,
    }),
    act({
      id: idOf('skip', 'Events'),
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
      id: idOf('list', 'Replays'),
      part: 'replays',
      summary: 'List replays',
      description: 'What was sent again, latest first, and how far the running ones are.',
      answers: { 200: json('The latest 50.', replaysAnswerSchema) },
    }),
    act({
      id: idOf('replay', 'Events'),
      part: 'replays',
      summary: 'Send events again',
      description: `Under their old ids, and as they were judged then: a range, everything since a place or a moment, or what was set aside. It never delays what is new, and goes as far as the ${noun} has come.`,
      input: {
        description: 'Which events.',
        schema: replayBodySchema,
        example: '{"what":"since","from":"2026-11-20T00:00:00Z"}',
      },
      answers: { 201: json('It begins.', replaySchema) },
      problems: { 409: 'Ten replays are running.' },
    }),
    {
      id: idOf('cancel', 'Replay'),
      tag,
      method: 'DELETE',
      path: `${path}/{id}/replays/{replay}`,
      permission: 'destinations:manage',
      summary: 'Cancel a replay',
      description: 'It ends where it is.',
      parameters: { path: replayPathSchema },
      answers: { 200: json('The replay as it ended.', replaySchema) },
      problems: { 404: `There is no such ${noun} or replay in this workspace.` },
      example: `-X DELETE "$SPOOR${one}/replays/019a9d0c-0000-4000-8000-000000000001"`,
    },
    reading({
      id: idOf('list', 'DeliveryAttempts'),
      part: 'attempts',
      summary: 'List attempts',
      description: 'Each try, latest first, with what was asked and what the receiver answered.',
      query: pageRequestSchema,
      answers: { 200: json('A page.', attemptsAnswerSchema) },
    }),
    reading({
      id: idOf('list', 'DeadLetters'),
      part: 'dead',
      summary: 'List dead letters',
      description:
        'Events that the receiver will never take, each with its reason, from the end of the trail.',
      query: pageRequestSchema,
      answers: { 200: json('A page.', deadLettersAnswerSchema) },
    }),
    reading({
      id: idOf('list', 'MatchedEvents'),
      part: 'matched',
      summary: 'List events that it got',
      description: 'Newest first. The token needs `events:read` as well.',
      query: pageRequestSchema,
      answers: { 200: json('A page.', streamEventsAnswerSchema) },
      problems: CROWD,
    }),
    reading({
      id: idOf('list', 'UnsentEvents'),
      part: 'unsent',
      summary: 'List events that it will get',
      description: 'Oldest first. The token needs `events:read` as well.',
      query: pageRequestSchema,
      answers: { 200: json('A page.', streamEventsAnswerSchema) },
      problems: CROWD,
    }),
    reading({
      id: idOf('read', 'DeliveryHours'),
      part: 'hours',
      summary: 'Deliveries by hour',
      description: 'What was sent, failed and was set aside in each of the last hours, oldest first.',
      query: hoursQuerySchema,
      answers: { 200: json('Each hour.', hoursAnswerSchema) },
    }),
  ]
}
