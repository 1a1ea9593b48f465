import type { Params } from '@/lib/api/route-parts'
import { checkLine } from '@/lib/collection/lines/check'
import { createLine } from '@/lib/collection/lines/create'
import { exportLine } from '@/lib/collection/lines/export'
import { getLine } from '@/lib/collection/lines/get'
import { importLine } from '@/lib/collection/lines/import'
import { checkLineSchema, createLineSchema, previewLineSchema } from '@/lib/collection/lines/input'
import { importLineSchema } from '@/lib/collection/lines/line-file'
import { listLines } from '@/lib/collection/lines/list'
import { listLineVersions } from '@/lib/collection/lines/list-versions'
import { previewLine } from '@/lib/collection/lines/preview'
import { removeLine } from '@/lib/collection/lines/remove'
import { restoreLine } from '@/lib/collection/lines/restore'
import { updateLine } from '@/lib/collection/lines/update'
import { apiRoute } from '@/lib/http/api-route'
import { changeLineSchema, lineVersionQuerySchema, restoreBodySchema } from './line-queries'
import { everything, ofId } from './route-parts'

const ofLine = ofId('line')

export const lineRoutes = {
  all: apiRoute<Params>({
    GET: everything.look(async ({ scope }) => ({ lines: await listLines(scope) })),
    POST: everything.create(
      'collection:manage',
      createLineSchema,
      createLine,
      ({ id }) => `/api/v1/lines/${id}`,
    ),
  }),

  /** Nothing is stored by these two. */
  check: apiRoute<Params>({
    POST: everything.actWith('collection:manage', checkLineSchema, async ({ scope }, { definition, id }) => ({
      problems: await checkLine(scope, definition, { id }),
    })),
  }),
  preview: apiRoute<Params>({
    POST: everything.actWith('collection:manage', previewLineSchema, ({ scope }, input) =>
      previewLine(scope, input),
    ),
  }),

  /** A line with all that it needs, as one file. */
  import: apiRoute<Params>({
    POST: everything.actWith('collection:manage', importLineSchema, ({ scope }, input) =>
      importLine(scope, input),
    ),
  }),
  export: apiRoute<Params>({
    GET: ofLine.lookWith(lineVersionQuerySchema, ({ scope, path }, { version }) =>
      exportLine(scope, { ...path, version }),
    ),
  }),

  one: apiRoute<Params>({
    GET: ofLine.lookWith(lineVersionQuerySchema, ({ scope, path }, { version }) =>
      getLine(scope, { ...path, version }),
    ),
    PUT: ofLine.actWith('collection:manage', changeLineSchema, ({ scope, path }, input) =>
      updateLine(scope, { ...input, ...path }),
    ),
    DELETE: ofLine.act('collection:manage', async ({ scope, path }) => {
      await removeLine(scope, path)
      return path
    }),
  }),

  restore: apiRoute<Params>({
    POST: ofLine.actWith('collection:manage', restoreBodySchema, ({ scope, path }, input) =>
      restoreLine(scope, { ...input, ...path }),
    ),
  }),

  versions: apiRoute<Params>({
    GET: ofLine.look(async ({ scope, path }) => ({ versions: await listLineVersions(scope, path) })),
  }),
}
