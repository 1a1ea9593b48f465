import { lineRoutes } from '@/lib/collection/api/line-routes'

// By token: collection:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = lineRoutes.export
