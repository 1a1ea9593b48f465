import { tableRoutes } from '@/lib/collection/api/table-routes'

// By token: collection:read downloads, collection:manage replaces.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = tableRoutes.content
