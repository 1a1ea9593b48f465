import { tableRoutes } from '@/lib/collection/api/table-routes'

// By token: collection:read lists, collection:manage adds.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = tableRoutes.all
