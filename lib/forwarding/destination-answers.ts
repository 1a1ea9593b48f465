import { z } from 'zod'
import { LEVELS } from '@/lib/event/levels'
import { storedEventSchema } from '@/lib/trail/answers'

// What the verbs of forwarding answer, for the API's description.

const moment = z.iso.datetime({ precision: 3 })
const count = z.int().min(0)
const seq = z.int().min(0)
const cursor = z
  .string()
  .nullable()
  .describe('Give it as `cursor` for what follows; null at the end. A page may be short and yet have one.')
const status = z.int().nullable().describe('Of the answer, as HTTP numbers them; null where there was none.')
const answer = z.string().describe('The receiver’s own words, at most 4 KiB, without secrets.')

export const idAnswerSchema = z.strictObject({ id: z.uuid() }).meta({ id: 'DestinationId' })

const statsSchema = z.strictObject({
  sentAt: moment.nullable(),
  sentBatches: count,
  sentEvents: count,
  failedAt: moment.nullable(),
  failedAttempts: count,
  failMessage: z.string().nullable().describe('Why the last failure was one, and what to do.'),
  lastStatus: status,
  lastAnswer: answer.nullable(),
  deadEvents: count.describe('Events set aside for good.'),
  consecutiveFailures: count,
  firstFailureAt: moment.nullable().describe('Since when nothing got through.'),
  breaker: z
    .enum(['closed', 'open', 'half_open'])
    .describe('`open`: only single events are tried; `half_open`: one got through, and batches grow again.'),
  runningReplays: count,
  retryAt: moment.nullable().describe('When the next try comes, while it fails.'),
  backlog: z.strictObject({
    events: count,
    isCapped: z.boolean().describe('There are at least so many.'),
    oldestAt: moment.nullable(),
    isUnmatched: z.boolean().describe('The first of them waits until it is matched with the ledger.'),
  }),
})

const viewShape = {
  id: z.uuid(),
  role: z.enum(['forwarding', 'channel']),
  kind: z.string(),
  kindLabel: z.string(),
  name: z.string().describe('Made from what it is.'),
  target: z.string().describe('Whom it leads to: a host, a bucket.'),
  note: z.string(),
  fields: z
    .record(z.string(), z.unknown())
    .describe('The kind’s own fields, without secrets. Who may not manage destinations sees URLs shortened.'),
  secretNames: z.array(z.string()).describe('Fields whose secret is stored.'),
  masking: z.array(z.string()),
  carriesMatches: z.boolean(),
  types: z.array(z.string()),
  levels: z.array(z.enum(LEVELS)),
  filter: z.string(),
  state: z
    .enum(['active', 'paused', 'disabled'])
    .describe('`paused` by a person, `disabled` by Spoor for `reason`.'),
  reason: z.string().nullable(),
  createdAt: moment,
  updatedAt: moment,
  stats: statsSchema,
}
const viewSchema = z.strictObject(viewShape).meta({ id: 'Destination' })

const removedSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.string(),
    kindLabel: z.string(),
    name: z.string(),
    note: z.string(),
    removedAt: moment,
    restorableUntil: moment,
  })
  .meta({ id: 'RemovedDestination' })

export const destinationsAnswerSchema = z
  .strictObject({ destinations: z.array(viewSchema), removed: z.array(removedSchema) })
  .meta({ id: 'Destinations' })
export const channelsAnswerSchema = z
  .strictObject({ channels: z.array(viewSchema), removed: z.array(removedSchema) })
  .meta({ id: 'Channels' })

const skipSchema = z.strictObject({
  fromSeq: seq,
  throughSeq: seq.describe('Inclusive.'),
  reason: z.string(),
  requestedBy: z.string(),
  at: moment,
})
export const skippedAnswerSchema = z
  .strictObject({ fromSeq: seq, throughSeq: seq.describe('Inclusive.') })
  .meta({ id: 'SkippedEvents' })

export const replaySchema = z
  .strictObject({
    id: z.uuid(),
    fromSeq: seq,
    throughSeq: seq.describe('Inclusive.'),
    onlyDead: z.boolean().describe('Only those that were set aside.'),
    nextSeq: seq.describe('Everything below it is done.'),
    state: z.enum(['running', 'done', 'cancelled']),
    sentEvents: count,
    requestedBy: z.string(),
    createdAt: moment,
    finishedAt: moment.nullable(),
  })
  .meta({ id: 'Replay' })
export const replaysAnswerSchema = z.strictObject({ replays: z.array(replaySchema) }).meta({ id: 'Replays' })

const objectSchema = z.strictObject({
  objectKey: z.string(),
  firstSeq: seq,
  lastSeq: seq,
  events: count,
  bytes: count,
  sha256: z.string().describe('Hex, before any compression.'),
  storedAt: moment.nullable(),
})
const digestSchema = z.strictObject({
  number: count,
  objectKey: z.string(),
  objects: count,
  state: z.enum(['planned', 'done']),
  storedAt: moment.nullable(),
  failMessage: z.string().nullable(),
})

export const destinationAnswerSchema = z
  .strictObject({
    ...viewShape,
    skips: z.array(skipSchema),
    awaitingAcks: z.strictObject({ batches: count, events: count }),
    objects: z.array(objectSchema).describe('The latest, where it stores objects.'),
    digest: digestSchema.nullable().describe('The latest signed list of objects.'),
    nextSyncAt: moment.nullable().describe('When what it collects goes next.'),
    companion: viewSchema.nullable().describe('What goes along with it, such as e-mails.'),
  })
  .meta({ id: 'DestinationDetail' })

const toldShape = { status, ms: count, message: z.string(), answer }
export const testAnswerSchema = z
  .strictObject({
    delivered: z.boolean(),
    ...toldShape,
    request: z.string().nullable(),
    health: z.strictObject({ isWell: z.boolean(), ...toldShape }).nullable(),
  })
  .meta({ id: 'DestinationTest' })

const attemptSchema = z
  .strictObject({
    id: z.uuid(),
    at: moment,
    trigger: z.enum(['auto', 'manual', 'replay', 'test']),
    outcome: z.string(),
    events: count,
    firstSeq: z.int().nullable(),
    lastSeq: z.int().nullable(),
    request: z.string().nullable(),
    status,
    ms: count,
    message: z.string().nullable(),
    answer: answer.nullable(),
    retryAt: moment.nullable(),
  })
  .meta({ id: 'DeliveryAttempt' })
export const attemptsAnswerSchema = z
  .strictObject({ attempts: z.array(attemptSchema), next: cursor })
  .meta({ id: 'DeliveryAttempts' })

const deadLetterSchema = z
  .strictObject({
    seq,
    at: moment,
    reason: z.string(),
    status,
    answer: answer.nullable(),
    resolvedAt: moment.nullable().describe('When a replay got it through.'),
    eventId: z.uuid().nullable(),
  })
  .meta({ id: 'DeadLetter' })
export const deadLettersAnswerSchema = z
  .strictObject({ deadLetters: z.array(deadLetterSchema), next: cursor })
  .meta({ id: 'DeadLetters' })

export const streamEventsAnswerSchema = z
  .strictObject({ events: z.array(storedEventSchema), next: cursor })
  .meta({ id: 'DestinationEvents' })

export const hoursAnswerSchema = z
  .strictObject({
    hours: z.array(
      z.strictObject({
        hour: moment,
        sentEvents: count,
        sentBatches: count,
        failedAttempts: count,
        deadEvents: count,
        behind: count
          .nullable()
          .describe('Events of the trail that lay before it; null where nothing happened.'),
      }),
    ),
  })
  .meta({ id: 'DeliveryHours' })

export const previewAnswerSchema = z
  .strictObject({
    request: z.string().describe('Method and URL, or the connection.'),
    headers: z.array(z.tuple([z.string(), z.string()])),
    body: z.string(),
    truncated: z.boolean(),
    event: z
      .strictObject({ id: z.uuid(), seq })
      .nullable()
      .describe('The event of the trail that is shown; null for a made-up one.'),
    message: z
      .strictObject({ subject: z.string(), text: z.string(), html: z.string().optional() })
      .nullable()
      .describe('What people will read, instead of a request: a letter. Null where the request says it.'),
  })
  .meta({ id: 'DestinationPreview' })

const option = z.looseObject({ value: z.string(), label: z.string(), hint: z.string().optional() })
const fieldSchema = z
  .looseObject({
    name: z.string(),
    label: z.string(),
    hint: z.string().optional(),
    control: z.enum([
      ...(['text', 'url', 'number', 'secret', 'choice', 'buttons'] as const),
      ...(['switch', 'lines', 'block', 'types', 'seconds', 'time'] as const),
    ]),
    options: z.array(option).optional(),
    optional: z.boolean().optional(),
    section: z.enum(['basic', 'format', 'rule', 'interval', 'advanced']).optional(),
  })
  .meta({ id: 'DestinationField' })
export const kindsAnswerSchema = z
  .strictObject({
    kinds: z.array(
      z.strictObject({
        name: z.string(),
        label: z.string(),
        summary: z.string(),
        promise: z.string().describe('About repeats and losses.'),
        fields: z.array(fieldSchema),
        generated: z
          .array(z.strictObject({ name: z.string(), label: z.string() }))
          .describe('What Spoor makes, and shows among the fields of a destination.'),
      }),
    ),
  })
  .meta({ id: 'DestinationKinds' })
