import { runRoutes } from '@/lib/collection/api/run-routes'

// By token: collection:write.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = runRoutes.cancel
