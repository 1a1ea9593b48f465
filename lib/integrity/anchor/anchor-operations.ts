import { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import { settingsBodySchema, settingsSchema, timestampPathSchema } from './answers'
import { TIMESTAMP_TYPE } from './send-timestamp'

const JSON_TYPE = 'application/json'
const settings = (description: string) => ({ description, content: { [JSON_TYPE]: settingsSchema } })
const PATH = '/api/v1/log/settings'

export const ANCHOR_OPERATIONS: readonly Operation[] = [
  {
    id: 'getTimestamp',
    tag: 'Proofs',
    method: 'GET',
    path: '/api/v1/log/checkpoints/{size}/timestamp',
    permission: 'events:read',
    summary: 'The time stamp of a checkpoint',
    description:
      'What the time-stamp authority of this workspace answered (RFC 3161), as a file for `openssl ts -verify`. Stamped are the first three lines of the checkpoint.',
    parameters: { path: timestampPathSchema },
    answers: {
      200: {
        description: 'The time stamp.',
        content: { [TIMESTAMP_TYPE]: z.string().describe('DER of a TimeStampResp.') },
      },
    },
    problems: {
      400: 'The size is not understood.',
      404: 'No checkpoint of that size was stamped.',
    },
    example: '-o checkpoint.tsr "$SPOOR/api/v1/log/checkpoints/1000/timestamp"',
  },
  {
    id: 'getLogSettings',
    tag: 'Proofs',
    method: 'GET',
    path: PATH,
    permission: 'events:read',
    summary: 'Where the log is anchored',
    description: 'Who may read the checkpoint, which witness and authority confirm it, and how that goes.',
    answers: { 200: settings('The settings.') },
    example: `"$SPOOR${PATH}"`,
  },
  {
    id: 'setLogSettings',
    tag: 'Proofs',
    method: 'PUT',
    path: PATH,
    permission: 'integrity:manage',
    summary: 'Choose where the log is anchored',
    description:
      'Replaces all settings; what is left out gets its default. The token needs `events:read` as well, for the answer.',
    body: {
      description: 'All settings.',
      required: true,
      content: { [JSON_TYPE]: settingsBodySchema },
    },
    answers: { 200: settings('The settings as they are now.') },
    problems: {
      400: 'A setting is not understood or can’t be reached; `errors` says which and why.',
      413: 'The body is too large.',
    },
    example: `-X PUT "$SPOOR${PATH}" -H "Content-Type: application/json" -d '{"checkpointPublic":true}'`,
  },
]
