import { z } from 'zod'
import type { Operation } from '@/lib/api/operation'
import { eventPathSchema } from '@/lib/trail/send-event'
import { checkpointsSchema, consistencySchema, inclusionSchema, keysSchema, logSchema } from './answers'
import {
  checkpointsQuerySchema,
  consistencyQuerySchema,
  inclusionQuerySchema,
  keysQuerySchema,
} from './log-queries'

const [JSON_TYPE, TEXT] = ['application/json', 'text/plain']
const json = (description: string, schema: z.ZodType) => ({ description, content: { [JSON_TYPE]: schema } })
const text = (description: string, content: string) => ({
  description,
  content: { [TEXT]: z.string().describe(content) },
})

const PROOF_PROBLEMS = {
  400: 'A parameter is unknown, missing or not understood; `errors` says which and why.',
  404: 'The sealed tree is not as large.',
}

type Reading = Omit<Operation, 'tag' | 'method' | 'permission' | 'path'> & { path: string }
const reading = (operation: Reading): Operation => ({
  tag: 'Proofs',
  method: 'GET',
  permission: 'events:read',
  ...operation,
})

export const LOG_OPERATIONS: readonly Operation[] = [
  reading({
    id: 'getLog',
    path: '/api/v1/log',
    summary: 'The log',
    description:
      'Every trail is a Merkle tree that is signed about once a second. This says how large it is, and where it is served in the C2SP tlog-tiles layout, for the same token.',
    answers: { 200: json('The log as it stands.', logSchema) },
    example: '"$SPOOR/api/v1/log"',
  }),
  reading({
    id: 'getCheckpoint',
    path: '/api/v1/log/checkpoint',
    summary: 'The latest checkpoint',
    description:
      'The signed note of the sealed tree: keep one, and nobody can change what came before it without your seeing it.',
    answers: { 200: text('The checkpoint.', 'A signed note (C2SP tlog-checkpoint).') },
    example: '"$SPOOR/api/v1/log/checkpoint"',
  }),
  reading({
    id: 'listCheckpoints',
    path: '/api/v1/log/checkpoints',
    summary: 'Checkpoints over time',
    description: 'Those that were kept: one of each hour in which the log grew, and whatever was anchored.',
    parameters: { query: checkpointsQuerySchema },
    answers: { 200: json('A page, the largest tree first.', checkpointsSchema) },
    problems: { 400: PROOF_PROBLEMS[400] },
    example: '"$SPOOR/api/v1/log/checkpoints?at=2026-01-31T00:00:00Z"',
  }),
  reading({
    id: 'getLogKeys',
    path: '/api/v1/log/keys',
    summary: 'Public keys',
    description:
      'The keys of all epochs of the log. Fetch the policy once, compare it by another way, and keep it: a verifier believes no key that comes with what it verifies.',
    parameters: { query: keysQuerySchema },
    answers: {
      200: {
        description: 'The keys, or the policy.',
        content: { [JSON_TYPE]: keysSchema, [TEXT]: z.string().describe('A policy (C2SP tlog-policy).') },
      },
    },
    problems: { 400: PROOF_PROBLEMS[400], 404: 'The policy was asked for, and there is no such epoch.' },
    example: '-o policy.txt "$SPOOR/api/v1/log/keys?format=policy"',
  }),
  reading({
    id: 'proveInclusion',
    path: '/api/v1/log/proof/inclusion',
    summary: 'Inclusion proof',
    description:
      'That the leaf of an event is in the tree, also when the event is erased or gone by retention.',
    parameters: { query: inclusionQuerySchema },
    answers: { 200: json('The proof.', inclusionSchema) },
    problems: PROOF_PROBLEMS,
    example: '"$SPOOR/api/v1/log/proof/inclusion?seq=42"',
  }),
  reading({
    id: 'proveConsistency',
    path: '/api/v1/log/proof/consistency',
    summary: 'Consistency proof',
    description: 'That the log only grew between two checkpoints.',
    parameters: { query: consistencyQuerySchema },
    answers: { 200: json('The proof.', consistencySchema) },
    problems: PROOF_PROBLEMS,
    example: '"$SPOOR/api/v1/log/proof/consistency?from=1000"',
  }),
  reading({
    id: 'getEventProof',
    path: '/api/v1/events/{id}/proof',
    summary: 'Proof of one event',
    description:
      'The event with all that proves it, as a file that anybody can verify offline: `spoor-verify proof FILE`. Values that were erased are missing, and the rest is proven.',
    parameters: { path: eventPathSchema },
    answers: { 200: text('The proof.', 'c2sp.org/tlog-proof@v1; its extra data is the event.') },
    problems: {
      404: 'There is no such event in this trail, or its content is gone by retention.',
      409: 'It is not sealed yet.',
    },
    example: '-OJ "$SPOOR/api/v1/events/019a9d0c-0000-7000-8000-000000000000/proof"',
  }),
]
