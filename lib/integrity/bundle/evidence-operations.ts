import { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import { filterParametersSchema } from '@/lib/trail/filter-parameters'
import { evidenceBodySchema, evidenceQuerySchema } from './parse-evidence-request'
import { BUNDLE_MEDIA_TYPE } from './send-evidence'

export const EVIDENCE_OPERATIONS: readonly Operation[] = [
  {
    id: 'exportEvidence',
    tag: 'Proofs',
    method: 'POST',
    path: '/api/v1/evidence',
    permission: 'events:read',
    summary: 'Take an evidence bundle',
    description: [
      'Events with all that is needed to prove them offline, as one file: `spoor-verify bundle FILE` says yes or no. It leads to the trail’s latest checkpoint, and is compressed if you accept gzip.',
      'With a body: a complete range (`from` to `to`, exclusive; all that is sealed without them), which proves that nothing in it was altered, dropped, inserted or moved; or single events by their ids. Without a body: the events that pass the filter in the query, each proven to be in the trail; others may have been left out.',
      'A connection that breaks before the end means that the file is not whole.',
    ].join('\n\n'),
    parameters: { query: filterParametersSchema.extend(evidenceQuerySchema.shape) },
    takesFieldPaths: true,
    body: {
      description: 'A range or ids; absent where the query has a filter.',
      required: false,
      content: { 'application/json': evidenceBodySchema },
    },
    answers: {
      200: {
        description: 'The bundle, format `trail-evidence/v1`, one JSON text a line.',
        content: { [BUNDLE_MEDIA_TYPE]: z.string() },
      },
    },
    problems: {
      400: 'The body or a parameter is not understood; `errors` says which and why.',
      404: 'An id is unknown, no event passes, or no checkpoint of that size was kept.',
      409: 'The range is not sealed yet, retention took something of it, or this log does not continue your checkpoint.',
      413: 'The body is too large.',
      429: 'This workspace has as many exports running as it may.',
    },
    example:
      '--compressed -o evidence.jsonl "$SPOOR/api/v1/evidence" -H "Content-Type: application/json" -d \'{"from":0}\'',
  },
]
