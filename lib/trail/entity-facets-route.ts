import { apiRoute } from '@/lib/http/api-route'
import { sendEntityFacets } from './send-overview'

/** `/api/v1/events/entity-facets`: who did most of what passes, by the ledger. */
export const entityFacetsRoute = apiRoute({ GET: sendEntityFacets })
