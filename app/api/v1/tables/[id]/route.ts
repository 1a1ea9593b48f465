import { tableRoutes } from '@/lib/collection/api/table-routes'

// By token: collection:read looks, collection:manage changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = tableRoutes.one
