import { tableRoutes } from '@/lib/collection/api/table-routes'

// By token: collection:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = tableRoutes.template
