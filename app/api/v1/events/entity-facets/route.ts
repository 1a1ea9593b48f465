import { entityFacetsRoute } from '@/lib/trail/entity-facets-route'

// By token with events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = entityFacetsRoute
