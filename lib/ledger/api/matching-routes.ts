import type { Params } from '@/lib/api/route-parts'
import { apiRoute } from '@/lib/http/api-route'
import { listUnmatched } from '@/lib/ledger/matching/list-unmatched'
import { getMatchingStatus } from '@/lib/ledger/matching/matching-status'
import { listUnmatchedSchema } from '@/lib/ledger/matching/unmatched-view'
import { everything } from './route-parts'

export const matchingRoutes = {
  status: apiRoute<Params>({ GET: everything.look(({ scope }) => getMatchingStatus(scope)) }),

  unmatched: apiRoute<Params>({
    GET: everything.lookWith(listUnmatchedSchema, ({ scope }, query) => listUnmatched(scope, query)),
  }),
}
