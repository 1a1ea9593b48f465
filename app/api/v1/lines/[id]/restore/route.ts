import { lineRoutes } from '@/lib/collection/api/line-routes'

// By token: collection:manage.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = lineRoutes.restore
