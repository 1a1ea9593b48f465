import type { Params } from '@/lib/api/route-parts'
import { apiRoute } from '@/lib/http/api-route'
import { checkRule } from '@/lib/ledger/rules/check'
import { createRule } from '@/lib/ledger/rules/create'
import { getRule } from '@/lib/ledger/rules/get'
import { checkRuleSchema, createRuleSchema, listAttributesSchema } from '@/lib/ledger/rules/input'
import { listRules } from '@/lib/ledger/rules/list'
import { listAttributes } from '@/lib/ledger/rules/list-attributes'
import { listRuleVersions } from '@/lib/ledger/rules/list-versions'
import { removeRule } from '@/lib/ledger/rules/remove'
import { updateRule } from '@/lib/ledger/rules/update'
import { changeRuleSchema, ruleVersionQuerySchema } from './ledger-queries'
import { everything, ofId } from './route-parts'

const ofRule = ofId('rule')

export const ruleRoutes = {
  all: apiRoute<Params>({
    GET: everything.look(async ({ scope }) => ({ rules: await listRules(scope) })),
    POST: everything.create(
      'ledger:manage',
      createRuleSchema,
      createRule,
      ({ id }) => `/api/v1/matching/rules/${id}`,
    ),
  }),

  /** Nothing is stored. */
  check: apiRoute<Params>({
    POST: everything.actWith('ledger:manage', checkRuleSchema, async ({ scope }, input) => ({
      problems: await checkRule(scope, input),
    })),
  }),

  one: apiRoute<Params>({
    GET: ofRule.lookWith(ruleVersionQuerySchema, ({ scope, path }, query) =>
      getRule(scope, { ...query, ...path }),
    ),
    PUT: ofRule.actWith('ledger:manage', changeRuleSchema, ({ scope, path }, input) =>
      updateRule(scope, { ...input, ...path }),
    ),
    DELETE: ofRule.act('ledger:manage', async ({ scope, path }) => {
      await removeRule(scope, path)
      return path
    }),
  }),

  versions: apiRoute<Params>({
    GET: ofRule.look(async ({ scope, path }) => ({ versions: await listRuleVersions(scope, path) })),
  }),

  attributes: apiRoute<Params>({
    GET: everything.lookWith(listAttributesSchema, async ({ scope }, query) => ({
      attributes: await listAttributes(scope, query),
    })),
  }),
}
