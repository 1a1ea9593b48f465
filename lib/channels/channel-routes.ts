import { requirePermission } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { readRequest } from '@/lib/erasure/read-request'
import { destinationRoutesOf } from '@/lib/forwarding/destination-routes'
import { json, routePartsOf } from '@/lib/forwarding/route-parts'
import { apiRoute } from '@/lib/http/api-route'
import { estimateChannel } from './estimate'
import { estimateSchema } from './input'
import { listAlarms } from './list-alarms'
import { CHANNEL_PRESETS } from './presets'

const { eventPage } = routePartsOf('channel')

/** Everything below `/api/v1/channels`: as for destinations, and what only channels have. */
export const channelRoutes = {
  ...destinationRoutesOf('channel'),

  /** For a token with `destinations:read`. */
  presets: apiRoute({
    GET: async ({ headers }) => {
      requirePermission(await scopeForToken(headers), 'destinations:read')
      return json({ presets: CHANNEL_PRESETS })
    },
  }),

  /** For a token with `destinations:read` and `events:read`. */
  estimate: apiRoute({
    POST: async (request) => {
      const scope = await scopeForToken(request.headers)
      requirePermission(scope, 'destinations:read')
      requirePermission(scope, 'events:read')
      const estimate = await estimateChannel(scope, await readRequest(request, estimateSchema))
      await noteRead(scope, 'count')
      return json(estimate)
    },
  }),

  /** Who they are about is read from the trail. */
  alarms: eventPage(listAlarms),
}
