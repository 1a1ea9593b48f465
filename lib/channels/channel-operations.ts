import type { Operation } from '@/lib/api/operation'
import { destinationOperationsOf } from '@/lib/forwarding/destination-operations'
import {
  body,
  CROWD,
  INPUT_PROBLEMS,
  json,
  operationPartsOf,
  sendJson,
} from '@/lib/forwarding/operation-parts'
import { pageRequestSchema } from '@/lib/forwarding/stream-page'
import { alarmsAnswerSchema, estimateAnswerSchema, presetsAnswerSchema } from './channel-answers'
import { estimateSchema } from './input'

const { tag, path, reading } = operationPartsOf('channel')

export const CHANNEL_OPERATIONS: readonly Operation[] = [
  ...destinationOperationsOf('channel'),
  {
    id: 'listChannelPresets',
    tag,
    method: 'GET',
    path: '/api/v1/channel-presets',
    permission: 'destinations:read',
    summary: 'Filters and thresholds to begin with',
    description:
      'Such as failed sign-ins by one account. Give `types`, `levels` and `filter` as they are; a `rule` becomes `threshold`, `ruleCount`, `ruleWithinSeconds`, `rulePer` and `ruleQuietSeconds`.',
    answers: { 200: json('The presets.', presetsAnswerSchema) },
    example: '"$SPOOR/api/v1/channel-presets"',
  },
  {
    id: 'estimateChannel',
    tag,
    method: 'POST',
    path: `${path}/estimate`,
    permission: 'destinations:read',
    summary: 'What a channel would have told',
    description:
      'How many events of the last seven days a filter lets through, and how often a threshold would have fired. Nothing is stored. The token needs `events:read` as well.',
    body: body('The filter, and the threshold.', estimateSchema),
    answers: { 200: json('The estimate.', estimateAnswerSchema) },
    problems: { ...INPUT_PROBLEMS, ...CROWD },
    example: `"$SPOOR${path}/estimate" ${sendJson} \\\n  -d '{"filter":"status=fail","threshold":true,"ruleCount":10,"ruleWithinSeconds":300}'`,
  },
  reading({
    id: 'listChannelAlarms',
    part: 'alarms',
    summary: 'List alarms',
    description:
      'When its threshold was reached, latest first, for 90 days. The token needs `events:read` as well.',
    query: pageRequestSchema,
    answers: { 200: json('A page.', alarmsAnswerSchema) },
  }),
]
