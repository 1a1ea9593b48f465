import { tableRoutes } from '@/lib/collection/api/table-routes'

// By token: collection:manage.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = tableRoutes.restore
