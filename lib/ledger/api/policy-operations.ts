import { z } from 'zod'
import { idAnswerSchema } from '@/lib/api/answer-parts'
import { json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import {
  checkPolicySchema,
  createPolicySchema,
  explainMatchSchema,
  setSourceSchema,
} from '@/lib/ledger/policies/input'
import { changePolicySchema, policyVersionQuerySchema } from './ledger-queries'
import {
  explanationSchema,
  policiesAnswerSchema,
  policySchema,
  problemsAnswerSchema,
  savedAnswerSchema,
  sourcesAnswerSchema,
  versionsAnswerSchema,
} from './matching-answers'
import { CROWD, ledgerOperation } from './operation-parts'

const MATCHING = '/api/v1/matching'
const POLICIES = `${MATCHING}/policies`
const ENTRY = {
  logEntity: 'actor',
  ruleId: '019a9d0c-0000-4000-8000-000000000000',
  display: '{identity|display_name} ({repository})',
}

/** Rules in an order, and whose events they are for. */
export const POLICY_OPERATIONS: readonly Operation[] = [
  ledgerOperation({
    id: 'listPolicies',
    method: 'GET',
    path: POLICIES,
    permission: 'ledger:read',
    summary: 'List matching policies',
    description: 'All policies, with the sources that were given them.',
    answers: { 200: json('The policies, by name.', policiesAnswerSchema) },
  }),
  ledgerOperation({
    id: 'createPolicy',
    method: 'POST',
    path: POLICIES,
    permission: 'ledger:manage',
    summary: 'Add a matching policy',
    description:
      'Entries in an order, each for actors, for targets of a type, or for targets of undetermined type, with a rule and a display. The first that finds something wins; one that finds several is ambiguous, and wins, too.',
    input: {
      description: 'The policy.',
      schema: createPolicySchema,
      example: { name: 'Active Directory', entries: [ENTRY] },
    },
    answers: {
      201: {
        ...json('It is there.', idAnswerSchema),
        headers: { location: { description: 'Its path.', schema: z.string() } },
      },
    },
    problems: { 409: 'There is a policy of this name, or there are too many.' },
  }),
  ledgerOperation({
    id: 'checkPolicy',
    method: 'POST',
    path: `${POLICIES}/check`,
    permission: 'ledger:manage',
    summary: 'Check a policy without saving it',
    description: 'What is wrong with its entries, and where; also what is only doubtful.',
    input: { description: 'The entries.', schema: checkPolicySchema, example: { entries: [ENTRY] } },
    answers: { 200: json('All that is wrong; empty if nothing is.', problemsAnswerSchema) },
  }),
  ledgerOperation({
    id: 'getPolicy',
    method: 'GET',
    path: `${POLICIES}/{id}`,
    of: 'policy',
    query: policyVersionQuerySchema,
    permission: 'ledger:read',
    summary: 'Get a matching policy',
    description: 'With its entries, or those of an earlier version, and their rules as they were then.',
    answers: { 200: json('The policy.', policySchema) },
  }),
  ledgerOperation({
    id: 'updatePolicy',
    method: 'PUT',
    path: `${POLICIES}/{id}`,
    of: 'policy',
    permission: 'ledger:manage',
    summary: 'Change a matching policy',
    description:
      'What is left out stays. Entries that differ become a new version, and names are matched again.',
    input: { description: 'What changes.', schema: changePolicySchema, example: { entries: [ENTRY] } },
    answers: { 200: json('It is changed.', savedAnswerSchema) },
    problems: { 409: 'Somebody has changed it since `unchangedSince`, or another policy has this name.' },
  }),
  ledgerOperation({
    id: 'makeDefaultPolicy',
    method: 'POST',
    path: `${POLICIES}/{id}/default`,
    of: 'policy',
    permission: 'ledger:manage',
    summary: 'Make a policy the default',
    description: 'For all sources that have none of their own. Names are matched again.',
    answers: { 200: json('It is.', idAnswerSchema) },
  }),
  ledgerOperation({
    id: 'removePolicy',
    method: 'DELETE',
    path: `${POLICIES}/{id}`,
    of: 'policy',
    permission: 'ledger:manage',
    summary: 'Remove a matching policy',
    description: 'Only one that is not the default and that no source was given.',
    answers: { 200: json('It is removed.', idAnswerSchema) },
    problems: { 409: 'It is the default, or sources have it; `detail` names them.' },
  }),
  ledgerOperation({
    id: 'listPolicyVersions',
    method: 'GET',
    path: `${POLICIES}/{id}/versions`,
    of: 'policy',
    permission: 'ledger:read',
    summary: 'List versions of a policy',
    description: 'Latest first: who saved it, and when. A new version of a rule is one of its policies, too.',
    answers: { 200: json('The versions.', versionsAnswerSchema) },
  }),
  ledgerOperation({
    id: 'listSources',
    method: 'GET',
    path: `${MATCHING}/sources`,
    permission: 'ledger:read',
    summary: 'List sources of events',
    description: 'Silos, tokens, and Spoor itself: by which policy each is matched, and how well.',
    answers: { 200: json('The sources.', sourcesAnswerSchema) },
    problems: CROWD,
  }),
  ledgerOperation({
    id: 'setSource',
    method: 'PUT',
    path: `${MATCHING}/sources`,
    permission: 'ledger:manage',
    summary: 'Choose a source’s policy',
    description: 'One of its own, the workspace’s default, or none. Its names are matched again.',
    input: {
      description: 'The source, and its policy.',
      schema: setSourceSchema,
      example: { origin: 'silo:windows-security', policy: 'default' },
    },
    answers: { 200: json('It is chosen.', setSourceSchema.meta({ id: 'SourceChoice' })) },
    problems: { 404: 'There is no such source or policy in this workspace.' },
  }),
  ledgerOperation({
    id: 'explainMatch',
    method: 'POST',
    path: `${MATCHING}/explain`,
    permission: 'ledger:read',
    summary: 'Explain a match',
    description:
      'Which entity a name finds, by which comparison of which rule, with a policy or with a rule that need not be saved. Nothing is stored.',
    input: {
      description: 'What an event says.',
      schema: explainMatchSchema,
      example: { logEntity: 'actor', name: 'pgustavo', parent: 'THESHIRE' },
    },
    answers: { 200: json('Entry by entry.', explanationSchema) },
    problems: { ...CROWD, 404: 'There is no such policy in this workspace.' },
  }),
]
