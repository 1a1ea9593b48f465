import { AppError } from '@/lib/errors/app-error'
import { type ApiRoute, apiRoute } from '@/lib/http/api-route'
import { gzipRoute } from '@/lib/http/gzip-route'
import { sendCheckpoint } from './send-checkpoint'
import { sendTile } from './send-tile'

const PATH = /^\/log\/([^/]+)\/(.+)$/

function split(request: Request): [logId: string, path: string] {
  const [, logId = '', path = ''] = PATH.exec(new URL(request.url).pathname) ?? []
  return [logId, path]
}

/**
 * `/log/{logId}/…`: a log in the C2SP tlog-tiles layout, for a token or a member of its tenant, and for anybody
 * where it is public. Next's route and the front lane mount it alike, so it reads the path itself.
 */
export const treeRoute: ApiRoute = apiRoute({
  GET: async (request) => {
    const [logId, path] = split(request)
    if (path === 'checkpoint') return sendCheckpoint(request, logId)
    if (path.startsWith('tile/')) return sendTile(request, logId, path)
    throw new AppError('not_found', 'A log has /checkpoint and /tile/… and nothing else.')
  },
})

const gzipped = gzipRoute(treeRoute)

/** The same for the front lane: bundles of entries compressed for who takes gzip. Hashes don't compress. */
export const treeLane: ApiRoute = {
  ...treeRoute,
  GET: (request, context) =>
    (split(request)[1].startsWith('tile/entries/') ? gzipped : treeRoute).GET(request, context),
}
