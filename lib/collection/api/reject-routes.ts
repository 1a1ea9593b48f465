import { json, type Params } from '@/lib/api/route-parts'
import { discardRejects } from '@/lib/collection/rejects/discard'
import { exportRejects } from '@/lib/collection/rejects/export'
import { listRejects } from '@/lib/collection/rejects/list'
import { requestRun } from '@/lib/collection/runs/request'
import { apiRoute } from '@/lib/http/api-route'
import { parseQuery } from '@/lib/integrity/log/parse-query'
import { ofSilo } from './route-parts'
import { discardBodySchema, rejectsQuerySchema } from './run-queries'

const wantsCsv = ({ headers }: Request) => /\btext\/csv\b/.test(headers.get('accept') ?? '')

export const rejectRoutes = {
  all: apiRoute<Params>({
    GET: ofSilo.send('collection:read', async ({ scope, path, request }) => {
      const { format, after, limit, ...which } = parseQuery(request, rejectsQuerySchema)
      const silo = path.name
      if (format === 'csv' || (!format && wantsCsv(request))) return exportRejects(scope, { ...which, silo })
      return json(await listRejects(scope, { ...which, silo, after, limit }))
    }),
  }),

  collect: apiRoute<Params>({
    POST: ofSilo.act(
      'collection:write',
      ({ scope, path }) => requestRun(scope, { silo: path.name, kind: 'rejects' }),
      201,
    ),
  }),

  discard: apiRoute<Params>({
    POST: ofSilo.actWith('collection:write', discardBodySchema, ({ scope, path }, input) =>
      discardRejects(scope, { ...input, silo: path.name }),
    ),
  }),
}
