import type { Params } from '@/lib/api/route-parts'
import { cancelRun } from '@/lib/collection/runs/cancel'
import { dryRun } from '@/lib/collection/runs/dry-run'
import { getRun } from '@/lib/collection/runs/get'
import { listRuns } from '@/lib/collection/runs/list'
import { requestRun } from '@/lib/collection/runs/request'
import { apiRoute } from '@/lib/http/api-route'
import { everything, ofId, ofSilo } from './route-parts'
import { dryRunBodySchema, runPageSchema, runsQuerySchema } from './run-queries'

const ofRun = ofId('run')

export const runRoutes = {
  ofSilo: apiRoute<Params>({
    GET: ofSilo.lookWith(runPageSchema, ({ scope, path }, query) =>
      listRuns(scope, { ...query, silo: path.name }),
    ),
    POST: ofSilo.act(
      'collection:write',
      ({ scope, path }) => requestRun(scope, { silo: path.name, kind: 'files' }),
      201,
    ),
  }),

  /** Nothing is stored. */
  dryRun: apiRoute<Params>({
    POST: ofSilo.actWith('collection:write', dryRunBodySchema, ({ scope, path }, input) =>
      dryRun(scope, { ...input, silo: path.name }),
    ),
  }),

  all: apiRoute<Params>({
    GET: everything.lookWith(runsQuerySchema, ({ scope }, query) => listRuns(scope, query)),
  }),

  one: apiRoute<Params>({ GET: ofRun.look(({ scope, path }) => getRun(scope, path)) }),

  cancel: apiRoute<Params>({
    POST: ofRun.act('collection:write', ({ scope, path }) => cancelRun(scope, path)),
  }),
}
