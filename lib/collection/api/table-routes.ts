import { json, type Params } from '@/lib/api/route-parts'
import { checkTable } from '@/lib/collection/tables/check'
import { createTable } from '@/lib/collection/tables/create'
import { diffTable } from '@/lib/collection/tables/diff'
import { exportTable } from '@/lib/collection/tables/export'
import { getTable } from '@/lib/collection/tables/get'
import {
  checkTableSchema,
  createTableSchema,
  listTablesSchema,
  tableTemplateSchema,
} from '@/lib/collection/tables/input'
import { listTables } from '@/lib/collection/tables/list'
import { listTableVersions } from '@/lib/collection/tables/list-versions'
import { makeTemplate } from '@/lib/collection/tables/make-template'
import { removeTable } from '@/lib/collection/tables/remove'
import { restoreTable } from '@/lib/collection/tables/restore'
import { updateTable } from '@/lib/collection/tables/update'
import { readRequest } from '@/lib/erasure/read-request'
import { apiRoute } from '@/lib/http/api-route'
import { problemResponse } from '@/lib/http/problem'
import { parseQuery } from '@/lib/integrity/log/parse-query'
import { csvFile } from './csv-file'
import { everything, ofId } from './route-parts'
import { readTableBody, tableBodyType } from './table-body'
import {
  changeTableSchema,
  diffQuerySchema,
  restoreTableBodySchema,
  tableVersionQuerySchema,
} from './table-queries'

const ofTable = ofId('table')

const unsupported = () =>
  problemResponse(
    415,
    'Unsupported media type',
    'Send the rows as text/csv, or {"content": "…"} as application/json.',
  )

export const tableRoutes = {
  all: apiRoute<Params>({
    GET: everything.lookWith(listTablesSchema, async ({ scope }, query) => ({
      tables: await listTables(scope, query),
    })),
    POST: everything.create(
      'collection:manage',
      createTableSchema,
      createTable,
      ({ id }) => `/api/v1/tables/${id}`,
    ),
  }),

  /** Nothing is stored by these two. */
  check: apiRoute<Params>({
    POST: everything.actWith('collection:read', checkTableSchema, async ({ scope }, input) => ({
      problems: await checkTable(scope, input),
    })),
  }),
  template: apiRoute<Params>({
    POST: everything.send('collection:read', async ({ scope, request }) => {
      const wishes = await readRequest(request, tableTemplateSchema)
      return csvFile(await makeTemplate(scope, wishes), `event${wishes.kind}.csv`)
    }),
  }),

  one: apiRoute<Params>({
    GET: ofTable.lookWith(tableVersionQuerySchema, ({ scope, path }, { version }) =>
      getTable(scope, { ...path, version }),
    ),
    PUT: ofTable.actWith('collection:manage', changeTableSchema, ({ scope, path }, input) =>
      updateTable(scope, { ...input, ...path }),
    ),
    DELETE: ofTable.act('collection:manage', async ({ scope, path }) => {
      await removeTable(scope, path)
      return path
    }),
  }),

  /** Its rows as a file. */
  content: apiRoute<Params>({
    GET: ofTable.send('collection:read', async ({ scope, path, request }) => {
      const { version } = parseQuery(request, tableVersionQuerySchema)
      const { fileName, content } = await exportTable(scope, { ...path, version })
      return csvFile(content, fileName)
    }),
    PUT: ofTable.send('collection:manage', async ({ scope, path, request }) => {
      const type = tableBodyType(request)
      if (!type) return unsupported()
      return json(await updateTable(scope, { ...path, ...(await readTableBody(request, type)) }))
    }),
  }),

  restore: apiRoute<Params>({
    POST: ofTable.actWith('collection:manage', restoreTableBodySchema, ({ scope, path }, input) =>
      restoreTable(scope, { ...input, ...path }),
    ),
  }),
  diff: apiRoute<Params>({
    GET: ofTable.lookWith(diffQuerySchema, async ({ scope, path }, query) => ({
      differences: await diffTable(scope, { ...query, ...path }),
    })),
  }),

  versions: apiRoute<Params>({
    GET: ofTable.look(async ({ scope, path }) => ({ versions: await listTableVersions(scope, path) })),
  }),
}
