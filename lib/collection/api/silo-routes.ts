import type { Params } from '@/lib/api/route-parts'
import { createSilo } from '@/lib/collection/silos/create'
import { getSilo } from '@/lib/collection/silos/get'
import { changeSiloSchema, createSiloSchema, testOriginSchema } from '@/lib/collection/silos/input'
import { listSilos } from '@/lib/collection/silos/list'
import { removeSilo } from '@/lib/collection/silos/remove'
import { testOrigin } from '@/lib/collection/silos/test-origin'
import { updateSilo } from '@/lib/collection/silos/update'
import { apiRoute } from '@/lib/http/api-route'
import { everything, ofSilo } from './route-parts'

export const siloRoutes = {
  all: apiRoute<Params>({
    GET: everything.look(async ({ scope }) => ({ silos: await listSilos(scope) })),
    POST: everything.create(
      'collection:manage',
      createSiloSchema,
      createSilo,
      ({ name }) => `/api/v1/silos/${name}`,
    ),
  }),

  /** Nothing is fetched. */
  test: apiRoute<Params>({
    POST: everything.actWith('collection:manage', testOriginSchema, ({ scope }, input) =>
      testOrigin(scope, input),
    ),
  }),

  one: apiRoute<Params>({
    GET: ofSilo.look(({ scope, path }) => getSilo(scope, { silo: path.name })),
    PUT: ofSilo.actWith('collection:manage', changeSiloSchema, ({ scope, path }, input) =>
      updateSilo(scope, { ...input, silo: path.name }),
    ),
    DELETE: ofSilo.act('collection:manage', ({ scope, path }) => removeSilo(scope, { silo: path.name })),
  }),
}
