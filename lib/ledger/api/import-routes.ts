import { json, type Params } from '@/lib/api/route-parts'
import { apiRoute } from '@/lib/http/api-route'
import { parseQuery } from '@/lib/integrity/log/parse-query'
import { applyImport } from '@/lib/ledger/imports/apply'
import { discardImport } from '@/lib/ledger/imports/discard'
import { exportEntities } from '@/lib/ledger/imports/export'
import { getImport } from '@/lib/ledger/imports/get'
import { importLedger } from '@/lib/ledger/imports/import-ledger'
import type { RefusedImport } from '@/lib/ledger/imports/import-view'
import { listImports } from '@/lib/ledger/imports/list'
import { previewImport } from '@/lib/ledger/imports/preview'
import { requireSound } from '@/lib/ledger/imports/require-sound'
import { applyQuerySchema, exportQuerySchema, importQuerySchema } from './ledger-queries'
import { withImportBody } from './read-import-body'
import { everything, ofId } from './route-parts'

function refuse({ problems }: RefusedImport): never {
  requireSound(problems)
  throw new Error('an import was refused without a problem')
}

const ofImport = ofId('import')

export const importRoutes = {
  all: apiRoute<Params>({
    GET: everything.look(async ({ scope }) => ({ imports: await listImports(scope) })),

    /** The body is the file. */
    POST: everything.send('ledger:write', async ({ scope, request }) => {
      const { dryRun, confirmRemoved, ...options } = parseQuery(request, importQuerySchema)
      const made = await withImportBody(request, (content) =>
        dryRun
          ? previewImport(scope, { ...options, content })
          : importLedger(scope, { ...options, confirmRemoved, content }),
      )
      if (made.id === null) return refuse(made)
      const headers = { location: `/api/v1/ledger/imports/${made.id}` }
      return json(made, { status: dryRun ? 200 : 201, headers })
    }),
  }),

  one: apiRoute<Params>({
    GET: ofImport.look(({ scope, path }) => getImport(scope, path)),
    DELETE: ofImport.act('ledger:write', ({ scope, path }) => discardImport(scope, path)),
  }),

  apply: apiRoute<Params>({
    POST: ofImport.act('ledger:write', ({ scope, path, request }) =>
      applyImport(scope, { ...parseQuery(request, applyQuerySchema), ...path }),
    ),
  }),

  export: apiRoute<Params>({
    GET: everything.send('ledger:read', ({ scope, request }) =>
      exportEntities(scope, parseQuery(request, exportQuerySchema)),
    ),
  }),
}
