'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { memberAction } from '@/app/action'
import type { TenantScope } from '@/lib/access/scope'
import { collectFileAgain } from '@/lib/collection/files/collect-again'
import { fileIdSchema, removeFileSchema } from '@/lib/collection/files/input'
import { removeFile } from '@/lib/collection/files/remove'
import { createPlan } from '@/lib/collection/plans/create'
import { createPlanSchema, planIdSchema, updatePlanSchema } from '@/lib/collection/plans/input'
import { removePlan } from '@/lib/collection/plans/remove'
import { runPlan } from '@/lib/collection/plans/run'
import { updatePlan } from '@/lib/collection/plans/update'
import { discardRejects } from '@/lib/collection/rejects/discard'
import { discardRejectsSchema } from '@/lib/collection/rejects/input'
import { cancelRun } from '@/lib/collection/runs/cancel'
import { requestRunSchema, runIdSchema } from '@/lib/collection/runs/input'
import { requestRun } from '@/lib/collection/runs/request'
import { createSilo } from '@/lib/collection/silos/create'
import {
  createSiloSchema,
  siloNameSchema,
  testOriginSchema,
  updateSiloSchema,
} from '@/lib/collection/silos/input'
import { removeSilo } from '@/lib/collection/silos/remove'
import { testOrigin } from '@/lib/collection/silos/test-origin'
import { updateSilo } from '@/lib/collection/silos/update'
import { type SetSource, setSourceSchema } from '@/lib/ledger/policies/input'
import { setSource } from '@/lib/ledger/policies/set-source'
import { jsonAction } from './json-action'

const WRITE = 'collection:write'
const MANAGE = 'collection:manage'

const pathOf = (scope: TenantScope) => `/${scope.tenantSlug}/collection`

/** The verb, whose answer nobody shows, and after it the pages anew. */
const act =
  <Input>(verb: (scope: TenantScope, input: Input) => Promise<unknown>) =>
  async (scope: TenantScope, input: Input): Promise<void> => {
    await verb(scope, input)
    revalidatePath(pathOf(scope), 'layout')
  }

/** The verb, and after it another page of the section. */
const actAndGo =
  <Input, Result>(
    verb: (scope: TenantScope, input: Input) => Promise<Result>,
    to: (result: Result, input: Input) => string,
  ) =>
  async (scope: TenantScope, input: Input): Promise<never> => {
    const result = await verb(scope, input)
    redirect(`${pathOf(scope)}${to(result, input)}`)
  }

/** The form of a silo also says how the names in its events are matched. */
const policy = { policy: setSourceSchema.shape.policy.optional() }

const setSiloPolicy = async (scope: TenantScope, name: string, wanted: SetSource['policy'] | undefined) => {
  if (wanted !== undefined) await setSource(scope, { origin: `silo:${name}`, policy: wanted })
}

export const createSiloAction = jsonAction(
  MANAGE,
  createSiloSchema.extend(policy),
  actAndGo(
    async (scope, { policy: wanted, ...input }) => {
      const made = await createSilo(scope, input)
      await setSiloPolicy(scope, made.name, wanted)
      return made
    },
    ({ name }) => `/silos/${name}`,
  ),
)
export const updateSiloAction = jsonAction(
  MANAGE,
  updateSiloSchema.extend(policy),
  actAndGo(
    async (scope, { policy: wanted, ...input }) => {
      await updateSilo(scope, input)
      await setSiloPolicy(scope, input.silo, wanted)
    },
    (_, { silo }) => `/silos/${silo}`,
  ),
)
export const testOriginAction = jsonAction(MANAGE, testOriginSchema, testOrigin)
export const removeSiloAction = memberAction(
  MANAGE,
  siloNameSchema,
  actAndGo(removeSilo, () => ''),
)

export const removeFileAction = memberAction(WRITE, removeFileSchema, act(removeFile))
export const collectAgainAction = memberAction(WRITE, fileIdSchema, act(collectFileAgain))
export const runAction = memberAction(WRITE, requestRunSchema, act(requestRun))
export const cancelRunAction = memberAction(WRITE, runIdSchema, act(cancelRun))
export const discardAction = jsonAction(WRITE, discardRejectsSchema, act(discardRejects))

export const createPlanAction = jsonAction(
  MANAGE,
  createPlanSchema,
  actAndGo(createPlan, ({ id }) => `/plans/${id}`),
)
export const updatePlanAction = jsonAction(
  MANAGE,
  updatePlanSchema,
  actAndGo(updatePlan, (_, { id }) => `/plans/${id}`),
)
export const removePlanAction = memberAction(
  MANAGE,
  planIdSchema,
  actAndGo(removePlan, () => '/plans'),
)
export const runPlanAction = memberAction(WRITE, planIdSchema, act(runPlan))
