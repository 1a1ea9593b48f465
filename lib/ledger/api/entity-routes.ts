import type { Params } from '@/lib/api/route-parts'
import { AppError } from '@/lib/errors/app-error'
import { apiRoute } from '@/lib/http/api-route'
import { parseQuery } from '@/lib/integrity/log/parse-query'
import { getEntity } from '@/lib/ledger/entities/get'
import { saveEntitySchema } from '@/lib/ledger/entities/input'
import { listEntities } from '@/lib/ledger/entities/list'
import { removeEntity } from '@/lib/ledger/entities/remove'
import { saveEntity } from '@/lib/ledger/entities/save'
import { countActivity } from '@/lib/ledger/timeline/count-activity'
import { timelineSchema } from '@/lib/ledger/timeline/input'
import { readTimeline } from '@/lib/ledger/timeline/read-timeline'
import { entitiesQuerySchema } from './ledger-queries'
import { everything, ofId } from './route-parts'

const ofEntity = ofId('entity')

export const entityRoutes = {
  all: apiRoute<Params>({
    GET: everything.look(({ scope, request }) => {
      const { link, linkKey, ...query } = parseQuery(request, entitiesQuerySchema)
      if ((link === undefined) !== (linkKey === undefined))
        throw new AppError('invalid', 'Give both link and linkKey: link=identity&linkKey=jdoe.')
      return listEntities(scope, { ...query, ...(link && linkKey && { link: { name: link, key: linkKey } }) })
    }),
    POST: everything.actWith('ledger:write', saveEntitySchema, ({ scope }, input) =>
      saveEntity(scope, input),
    ),
  }),

  one: apiRoute<Params>({
    GET: ofEntity.look(({ scope, path }) => getEntity(scope, path)),
    DELETE: ofEntity.act('ledger:write', async ({ scope, path }) => {
      await removeEntity(scope, path)
      return path
    }),
  }),

  events: apiRoute<Params>({
    GET: ofEntity.lookWith(timelineSchema, ({ scope, path }, query) =>
      readTimeline(scope, { ...query, entity: path.id }),
    ),
  }),

  activity: apiRoute<Params>({
    GET: ofEntity.look(({ scope, path }) => countActivity(scope, { entity: path.id })),
  }),
}
