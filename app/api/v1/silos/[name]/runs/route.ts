import { runRoutes } from '@/lib/collection/api/run-routes'

// By token: collection:read lists, collection:write runs.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = runRoutes.ofSilo
