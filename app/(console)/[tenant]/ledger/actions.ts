'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { jsonAction } from '@/app/(console)/[tenant]/collection/json-action'
import { memberAction } from '@/app/action'
import type { TenantScope } from '@/lib/access/scope'
import { entityIdSchema, saveEntitySchema } from '@/lib/ledger/entities/input'
import { listEntities } from '@/lib/ledger/entities/list'
import { removeEntity } from '@/lib/ledger/entities/remove'
import { saveEntity } from '@/lib/ledger/entities/save'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'
import { applyImport } from '@/lib/ledger/imports/apply'
import { discardImport } from '@/lib/ledger/imports/discard'
import { applyImportSchema, importIdSchema } from '@/lib/ledger/imports/input'

const WRITE = 'ledger:write'
/** As many as a list under a field shows. */
const SUGGESTIONS = 8

const pathOf = (scope: TenantScope) => `/${scope.tenantSlug}/ledger`

/** The verb, and after it another page of the section. */
const actAndGo =
  <Input, Result>(
    verb: (scope: TenantScope, input: Input) => Promise<Result>,
    to: (result: Result) => string,
  ) =>
  async (scope: TenantScope, input: Input): Promise<never> => {
    const result = await verb(scope, input)
    revalidatePath(pathOf(scope), 'layout')
    redirect(`${pathOf(scope)}${to(result)}`)
  }

export const saveEntityAction = jsonAction(
  WRITE,
  saveEntitySchema,
  actAndGo(saveEntity, ({ id }) => `/entities/${id}`),
)
/** For a name of the work list: back to it. */
export const saveUnmatchedAction = jsonAction(
  WRITE,
  saveEntitySchema,
  actAndGo(saveEntity, ({ id }) => `/unmatched?made=${id}`),
)
export const removeEntityAction = memberAction(
  WRITE,
  entityIdSchema,
  actAndGo(removeEntity, () => ''),
)

const suggestSchema = z.strictObject({ type: z.enum(ENTITY_TYPES), q: z.string().max(200).optional() })
export const suggestEntitiesAction = jsonAction('ledger:read', suggestSchema, async (scope, input) => {
  const { entities } = await listEntities(scope, { ...input, limit: SUGGESTIONS })
  return entities
})

export const applyImportAction = memberAction(
  WRITE,
  applyImportSchema,
  async (scope, input): Promise<void> => {
    await applyImport(scope, input)
    revalidatePath(pathOf(scope), 'layout')
  },
)
export const discardImportAction = memberAction(
  WRITE,
  importIdSchema,
  actAndGo(discardImport, () => '/imports'),
)
