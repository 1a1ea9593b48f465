import { lineRoutes } from '@/lib/collection/api/line-routes'

// By token: collection:read lists, collection:manage adds.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = lineRoutes.all
