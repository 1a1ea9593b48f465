import { z } from 'zod'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead, type ReadKind } from '@/lib/audit/note-read'
import { readEntityFacets } from './entity-facets'
import { FACET_NAMES } from './facet-names'
import type { TrailFilter } from './filter'
import { countEvents, readFacets, readHistogram } from './overview'
import { parseTrailQuery } from './parse-request'

/** More values than people compare; all values of a field are an export. */
const MAX_FACET_VALUES = 100
/** A bar of one pixel on a wide screen. */
const MAX_BARS = 500

export const countSchema = z.object({})
export const facetsSchema = z.object({
  facet: z
    .array(z.enum(FACET_NAMES))
    .default([...FACET_NAMES])
    .describe('Which facets; all unless given.'),
  values: z.coerce.number().int().min(1).max(MAX_FACET_VALUES).default(10).describe('Values of each facet.'),
})
export const entityFacetsSchema = facetsSchema.pick({ values: true })
export const histogramSchema = z.object({
  bars: z.coerce.number().int().min(1).max(MAX_BARS).default(60).describe('Bars at most.'),
})

function sender<Schema extends z.ZodObject>(
  kind: ReadKind,
  schema: Schema,
  read: (scope: TenantScope, filter: TrailFilter, query: z.output<Schema>) => Promise<object>,
) {
  return async (request: Request): Promise<Response> => {
    const scope = await scopeForToken(request.headers)
    const { filter, query } = parseTrailQuery(new URL(request.url).searchParams, schema)
    const answer = await read(scope, filter, query)
    await noteRead(scope, kind)
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  }
}

/** `GET /api/v1/events/count`: how many events pass. */
export const sendCount = sender('count', countSchema, countEvents)

/** `GET /api/v1/events/facets`: the most frequent values among the events that pass. */
export const sendFacets = sender('facets', facetsSchema, (scope, filter, { facet, values }) =>
  readFacets(scope, filter, { facets: facet, values }),
)

/** `GET /api/v1/events/entity-facets`: the people and organisations that did most of what passes, by the ledger. */
export const sendEntityFacets = sender('facets', entityFacetsSchema, readEntityFacets)

/** `GET /api/v1/events/histogram`: events by level over time. */
export const sendHistogram = sender('histogram', histogramSchema, readHistogram)
