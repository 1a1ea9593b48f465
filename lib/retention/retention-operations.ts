import { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import { setRetentionSchema } from './input'

const JSON_TYPE = 'application/json'
const PATH = '/api/v1/retention'
const moment = z.iso.datetime({ precision: 3 }).nullable()
const count = z.int().min(0)

const retentionSchema = z
  .strictObject({
    days: z.int().min(1).nullable().describe('Null: for ever.'),
    types: z.array(z.strictObject({ type: z.string(), days: z.int().min(1) })),
    updatedAt: moment,
    updatedBy: z.string().nullable(),
    status: z.strictObject({
      firstSeq: count.describe('Events below it are gone; their hashes stay.'),
      droppedEvents: count,
      emptiedEvents: count.describe('Events that lost their content but keep their place.'),
      checkedAt: moment,
      nextRunAt: moment,
      droppingTo: count.nullable().describe('Events below it are being dropped.'),
      held: z
        .strictObject({ by: z.enum(['legal_hold', 'destination', 'seal']), words: z.string() })
        .nullable()
        .describe('Why events whose time has passed are still there.'),
    }),
  })
  .meta({ id: 'Retention' })

const answer = (description: string) => ({ description, content: { [JSON_TYPE]: retentionSchema } })

export const RETENTION_OPERATIONS: readonly Operation[] = [
  {
    id: 'getRetention',
    tag: 'Erasure and retention',
    method: 'GET',
    path: PATH,
    permission: 'events:read',
    summary: 'How long events are kept',
    description: 'The days for all events and for single types, and what retention has done so far.',
    answers: { 200: answer('What was chosen, and how it goes.') },
    example: `"$SPOOR${PATH}"`,
  },
  {
    id: 'setRetention',
    tag: 'Erasure and retention',
    method: 'PUT',
    path: PATH,
    permission: 'events:erase',
    summary: 'Choose how long events are kept',
    description: [
      'Replaces what was chosen before. Days count from the receipt. Without `days` events are kept for ever; a type may have fewer.',
      'Events of all types are dropped from the old end, 256 at a time; events of a type lose their content and keep their place. Their hashes stay, so what was exported before stays provable. The token needs `events:read` as well, for the answer.',
    ].join('\n\n'),
    body: { description: 'All days.', required: true, content: { [JSON_TYPE]: setRetentionSchema } },
    answers: { 200: answer('What is in force now.') },
    problems: {
      400: 'A number is not possible; `errors` says which and why.',
      413: 'The body is too large.',
    },
    example: `-X PUT "$SPOOR${PATH}" -H "Content-Type: application/json" \\\n  -d '{"days":365,"types":[{"type":"access","days":30}],"reason":"policy of 2026"}'`,
  },
]
