import { lineRoutes } from '@/lib/collection/api/line-routes'

// By token: collection:read looks, collection:manage changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = lineRoutes.one
