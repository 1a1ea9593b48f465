import type { Params } from '@/lib/api/route-parts'
import { createPlan } from '@/lib/collection/plans/create'
import { getPlan } from '@/lib/collection/plans/get'
import { createPlanSchema } from '@/lib/collection/plans/input'
import { listPlans } from '@/lib/collection/plans/list'
import { listExecutions } from '@/lib/collection/plans/list-executions'
import { removePlan } from '@/lib/collection/plans/remove'
import { runPlan } from '@/lib/collection/plans/run'
import { updatePlan } from '@/lib/collection/plans/update'
import { apiRoute } from '@/lib/http/api-route'
import { changePlanSchema, executionPageSchema } from './plan-queries'
import { everything, ofId } from './route-parts'

const ofPlan = ofId('plan')

export const planRoutes = {
  all: apiRoute<Params>({
    GET: everything.look(async ({ scope }) => ({ plans: await listPlans(scope) })),
    POST: everything.create(
      'collection:manage',
      createPlanSchema,
      createPlan,
      ({ id }) => `/api/v1/plans/${id}`,
    ),
  }),

  one: apiRoute<Params>({
    GET: ofPlan.look(({ scope, path }) => getPlan(scope, path)),
    PUT: ofPlan.actWith('collection:manage', changePlanSchema, ({ scope, path }, input) =>
      updatePlan(scope, { ...input, ...path }),
    ),
    DELETE: ofPlan.act('collection:manage', async ({ scope, path }) => {
      await removePlan(scope, path)
      return path
    }),
  }),

  run: apiRoute<Params>({
    POST: ofPlan.act('collection:write', ({ scope, path }) => runPlan(scope, path), 201),
  }),

  executions: apiRoute<Params>({
    GET: ofPlan.lookWith(executionPageSchema, ({ scope, path }, query) =>
      listExecutions(scope, { ...query, ...path }),
    ),
  }),
}
