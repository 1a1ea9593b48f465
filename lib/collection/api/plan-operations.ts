import { z } from 'zod'
import { idAnswerSchema } from '@/lib/api/answer-parts'
import { json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import { createPlanSchema } from '@/lib/collection/plans/input'
import { collectionOperation } from './operation-parts'
import { changePlanSchema, executionPageSchema } from './plan-queries'
import { executionSchema, executionsAnswerSchema, planSchema, plansAnswerSchema } from './run-answers'

const PLANS = '/api/v1/plans'
const SAMPLE = { name: 'Nightly', silos: ['windows-security'], schedule: '0 2 * * *' }

/** Silos in an order, and when they are collected. */
export const PLAN_OPERATIONS: readonly Operation[] = [
  collectionOperation({
    id: 'listPlans',
    method: 'GET',
    path: PLANS,
    permission: 'collection:read',
    summary: 'List execution plans',
    description: 'All plans, with their next time and their last execution.',
    answers: { 200: json('The plans, by name.', plansAnswerSchema) },
  }),
  collectionOperation({
    id: 'createPlan',
    method: 'POST',
    path: PLANS,
    permission: 'collection:manage',
    summary: 'Add an execution plan',
    description:
      'Silos that are collected one after the other, in this order. `schedule` is a cron expression of five fields by the clock of the workspace; without one, the plan runs when somebody says so.',
    input: { description: 'The plan.', schema: createPlanSchema, example: SAMPLE },
    answers: {
      201: {
        ...json('It is there.', planSchema),
        headers: { location: { description: 'Its path.', schema: z.string() } },
      },
    },
    problems: { 409: 'There is a plan of this name, or there are too many.' },
  }),
  collectionOperation({
    id: 'getPlan',
    method: 'GET',
    path: `${PLANS}/{id}`,
    of: 'plan',
    permission: 'collection:read',
    summary: 'Get an execution plan',
    description: 'With its next time and its last execution.',
    answers: { 200: json('The plan.', planSchema) },
  }),
  collectionOperation({
    id: 'updatePlan',
    method: 'PUT',
    path: `${PLANS}/{id}`,
    of: 'plan',
    permission: 'collection:manage',
    summary: 'Change an execution plan',
    description: 'What is left out stays. An execution that is under way goes on as it began.',
    input: { description: 'What changes.', schema: changePlanSchema, example: { enabled: false } },
    answers: { 200: json('It is changed.', planSchema) },
    problems: { 409: 'Somebody has changed it since `unchangedSince`, or another plan has this name.' },
  }),
  collectionOperation({
    id: 'removePlan',
    method: 'DELETE',
    path: `${PLANS}/{id}`,
    of: 'plan',
    permission: 'collection:manage',
    summary: 'Remove an execution plan',
    description: 'Its silos stay, and so do their runs.',
    answers: { 200: json('It is removed.', idAnswerSchema) },
  }),
  collectionOperation({
    id: 'runPlan',
    method: 'POST',
    path: `${PLANS}/{id}/run`,
    of: 'plan',
    permission: 'collection:write',
    summary: 'Run a plan now',
    description:
      'Queues a run of each of its silos, in order. A silo that has an open run already is left out, which `skipped` says. The schedule stays as it is.',
    answers: { 201: json('It has begun.', executionSchema) },
    problems: { 409: 'None of its silos can be run now.' },
  }),
  collectionOperation({
    id: 'listExecutions',
    method: 'GET',
    path: `${PLANS}/{id}/executions`,
    of: 'plan',
    query: executionPageSchema,
    permission: 'collection:read',
    summary: 'List executions of a plan',
    description: 'Latest first, each with its runs.',
    answers: { 200: json('A page.', executionsAnswerSchema) },
  }),
]
