import type { Params } from '@/lib/api/route-parts'
import { apiRoute } from '@/lib/http/api-route'
import { checkPolicy } from '@/lib/ledger/policies/check'
import { createPolicy } from '@/lib/ledger/policies/create'
import { explainMatch } from '@/lib/ledger/policies/explain'
import { getPolicy } from '@/lib/ledger/policies/get'
import {
  checkPolicySchema,
  createPolicySchema,
  explainMatchSchema,
  setSourceSchema,
} from '@/lib/ledger/policies/input'
import { listPolicies } from '@/lib/ledger/policies/list'
import { listSources } from '@/lib/ledger/policies/list-sources'
import { listPolicyVersions } from '@/lib/ledger/policies/list-versions'
import { makeDefault } from '@/lib/ledger/policies/make-default'
import { removePolicy } from '@/lib/ledger/policies/remove'
import { setSource } from '@/lib/ledger/policies/set-source'
import { updatePolicy } from '@/lib/ledger/policies/update'
import { changePolicySchema, policyVersionQuerySchema } from './ledger-queries'
import { everything, ofId } from './route-parts'

const ofPolicy = ofId('policy')

export const policyRoutes = {
  all: apiRoute<Params>({
    GET: everything.look(async ({ scope }) => ({ policies: await listPolicies(scope) })),
    POST: everything.create(
      'ledger:manage',
      createPolicySchema,
      createPolicy,
      ({ id }) => `/api/v1/matching/policies/${id}`,
    ),
  }),

  /** Nothing is stored. */
  check: apiRoute<Params>({
    POST: everything.actWith('ledger:manage', checkPolicySchema, async ({ scope }, input) => ({
      problems: await checkPolicy(scope, input),
    })),
  }),

  one: apiRoute<Params>({
    GET: ofPolicy.lookWith(policyVersionQuerySchema, ({ scope, path }, query) =>
      getPolicy(scope, { ...query, ...path }),
    ),
    PUT: ofPolicy.actWith('ledger:manage', changePolicySchema, ({ scope, path }, input) =>
      updatePolicy(scope, { ...input, ...path }),
    ),
    DELETE: ofPolicy.act('ledger:manage', async ({ scope, path }) => {
      await removePolicy(scope, path)
      return path
    }),
  }),

  makeDefault: apiRoute<Params>({
    POST: ofPolicy.act('ledger:manage', ({ scope, path }) => makeDefault(scope, path)),
  }),

  versions: apiRoute<Params>({
    GET: ofPolicy.look(async ({ scope, path }) => ({ versions: await listPolicyVersions(scope, path) })),
  }),

  sources: apiRoute<Params>({
    GET: everything.look(async ({ scope }) => ({ sources: await listSources(scope) })),
    PUT: everything.actWith('ledger:manage', setSourceSchema, ({ scope }, input) => setSource(scope, input)),
  }),

  /** Nothing is stored. */
  explain: apiRoute<Params>({
    POST: everything.actWith('ledger:read', explainMatchSchema, ({ scope }, input) =>
      explainMatch(scope, input),
    ),
  }),
}
