import { z } from 'zod'
import { idAnswerSchema } from '@/lib/api/answer-parts'
import { json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import { checkRuleSchema, createRuleSchema, listAttributesSchema } from '@/lib/ledger/rules/input'
import { changeRuleSchema, ruleVersionQuerySchema } from './ledger-queries'
import {
  attributesAnswerSchema,
  problemsAnswerSchema,
  ruleSchema,
  rulesAnswerSchema,
  savedAnswerSchema,
  versionsAnswerSchema,
} from './matching-answers'
import { ledgerOperation } from './operation-parts'

const RULES = '/api/v1/matching/rules'

const DEFINITION = {
  comparisons: [
    { kind: 'finds', attribute: 'login', by: 'ignoring-case', parameter: 1 },
    { kind: 'finds', attribute: 'repository', by: 'ignoring-case', parameter: 2 },
  ],
}

/** How entities are found for what events say. */
export const RULE_OPERATIONS: readonly Operation[] = [
  ledgerOperation({
    id: 'listRules',
    method: 'GET',
    path: RULES,
    permission: 'ledger:read',
    summary: 'List matching rules',
    description: 'All rules, with the policies that have them.',
    answers: { 200: json('The rules, by name.', rulesAnswerSchema) },
  }),
  ledgerOperation({
    id: 'createRule',
    method: 'POST',
    path: RULES,
    permission: 'ledger:manage',
    summary: 'Add a matching rule',
    description:
      'Comparisons that must all hold, one of which at least finds: attributes of entities of one type with parameters 1 to 4 (login or target’s name, repository or parent, identity, id).',
    input: {
      description: 'The rule.',
      schema: createRuleSchema,
      example: { name: 'Account by login and domain', entityType: 'account', definition: DEFINITION },
    },
    answers: {
      201: {
        ...json('It is there.', idAnswerSchema),
        headers: { location: { description: 'Its path.', schema: z.string() } },
      },
    },
    problems: { 409: 'There is a rule of this name, or there are too many.' },
  }),
  ledgerOperation({
    id: 'listAttributes',
    method: 'GET',
    path: '/api/v1/matching/attributes',
    query: listAttributesSchema,
    permission: 'ledger:read',
    summary: 'List attributes of a type',
    description: 'By which entities of it can be compared and shown.',
    answers: { 200: json('Their names.', attributesAnswerSchema) },
    example: { query: '?entityType=account' },
  }),
  ledgerOperation({
    id: 'checkRule',
    method: 'POST',
    path: `${RULES}/check`,
    permission: 'ledger:manage',
    summary: 'Check a rule without saving it',
    description: 'What is wrong with it, and where; also what is only doubtful.',
    input: {
      description: 'What it shall find, and how.',
      schema: checkRuleSchema,
      example: { entityType: 'account', definition: DEFINITION },
    },
    answers: { 200: json('All that is wrong; empty if nothing is.', problemsAnswerSchema) },
  }),
  ledgerOperation({
    id: 'getRule',
    method: 'GET',
    path: `${RULES}/{id}`,
    of: 'rule',
    query: ruleVersionQuerySchema,
    permission: 'ledger:read',
    summary: 'Get a matching rule',
    description: 'With its comparisons, or those of an earlier version.',
    answers: { 200: json('The rule.', ruleSchema) },
  }),
  ledgerOperation({
    id: 'updateRule',
    method: 'PUT',
    path: `${RULES}/{id}`,
    of: 'rule',
    permission: 'ledger:manage',
    summary: 'Change a matching rule',
    description:
      'What is left out stays. Comparisons that differ become a new version, also of the policies that have the rule, and names are matched again.',
    input: { description: 'What changes.', schema: changeRuleSchema, example: { definition: DEFINITION } },
    answers: { 200: json('It is changed.', savedAnswerSchema) },
    problems: { 409: 'Somebody has changed it since `unchangedSince`, or another rule has this name.' },
  }),
  ledgerOperation({
    id: 'removeRule',
    method: 'DELETE',
    path: `${RULES}/{id}`,
    of: 'rule',
    permission: 'ledger:manage',
    summary: 'Remove a matching rule',
    description: 'Only one that no policy has.',
    answers: { 200: json('It is removed.', idAnswerSchema) },
    problems: { 409: 'Policies have it; `detail` names them.' },
  }),
  ledgerOperation({
    id: 'listRuleVersions',
    method: 'GET',
    path: `${RULES}/{id}/versions`,
    of: 'rule',
    permission: 'ledger:read',
    summary: 'List versions of a rule',
    description: 'Latest first: who saved it, and when.',
    answers: { 200: json('The versions.', versionsAnswerSchema) },
  }),
]
