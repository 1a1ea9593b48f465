import { siloRoutes } from '@/lib/collection/api/silo-routes'

// By token: collection:read looks, collection:manage changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = siloRoutes.one
