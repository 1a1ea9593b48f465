import { json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import { listUnmatchedSchema } from '@/lib/ledger/matching/unmatched-view'
import { statusAnswerSchema, unmatchedAnswerSchema } from './matching-answers'
import { CROWD, ledgerOperation } from './operation-parts'

/** How far the trail is matched, and what is left. */
export const MATCHING_OPERATIONS: readonly Operation[] = [
  ledgerOperation({
    id: 'getMatchingStatus',
    method: 'GET',
    path: '/api/v1/matching/status',
    permission: 'ledger:read',
    summary: 'How far the trail is matched',
    description: 'Up to which event, with the progress of matching all names again.',
    answers: { 200: json('How far it is.', statusAnswerSchema) },
    problems: CROWD,
  }),
  ledgerOperation({
    id: 'listUnmatched',
    method: 'GET',
    path: '/api/v1/ledger/unmatched',
    query: listUnmatchedSchema,
    permission: 'ledger:read',
    summary: 'List names that the ledger doesn’t know',
    description:
      'Names of actors and targets that nothing was found for, with the most events first; with `state=ambiguous` those that several entities fit.',
    answers: { 200: json('A page.', unmatchedAnswerSchema) },
    problems: CROWD,
    example: { query: '?role=actor&limit=20' },
  }),
]
