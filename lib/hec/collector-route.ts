import { type ApiRoute, apiRoute } from '@/lib/http/api-route'
import { createResponse } from '@/lib/http/create-response'
import { tellHecHealth } from './collector-health'
import { hecProblem } from './hec-answer'
import { receiveHecEvents, receiveHecLines, refuseAcks } from './receive-collector'

type Handler = (request: Request) => Promise<Response>

const answered =
  (handler: Handler): Handler =>
  async (request) => {
    try {
      return await handler(request)
    } catch (error) {
      return hecProblem(error)
    }
  }

const events = apiRoute({ POST: answered(receiveHecEvents) })
const lines = apiRoute({ POST: answered(receiveHecLines) })
const acks = apiRoute({ POST: answered(refuseAcks) })
const health = apiRoute({ GET: answered(tellHecHealth) })

/** Splunk's HTTP Event Collector: its paths, with the version that some clients add. */
export const collectorRoutes: Record<string, ApiRoute> = {
  '/services/collector': events,
  '/services/collector/1.0': events,
  '/services/collector/event': events,
  '/services/collector/event/1.0': events,
  '/services/collector/raw': lines,
  '/services/collector/raw/1.0': lines,
  '/services/collector/ack': acks,
  '/services/collector/ack/1.0': acks,
  '/services/collector/health': health,
  '/services/collector/health/1.0': health,
}

const notFound = () => {
  const body = { text: 'The requested URL was not found on this server.', code: 404 }
  return createResponse(JSON.stringify(body), {
    status: 404,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}
const nothing: ApiRoute = apiRoute({ GET: notFound, POST: notFound })

const byPath =
  (method: keyof ApiRoute): ApiRoute['GET'] =>
  (request, context) =>
    (collectorRoutes[new URL(request.url).pathname] ?? nothing)[method](request, context)

/** All of `/services/…` as one route, for Next. */
export const servicesRoute: ApiRoute = {
  GET: byPath('GET'),
  POST: byPath('POST'),
  PUT: byPath('PUT'),
  PATCH: byPath('PATCH'),
  DELETE: byPath('DELETE'),
  HEAD: byPath('HEAD'),
  OPTIONS: byPath('OPTIONS'),
}
