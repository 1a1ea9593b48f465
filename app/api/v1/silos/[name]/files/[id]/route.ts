import { fileRoutes } from '@/lib/collection/api/file-routes'

// By token: collection:read looks, collection:write removes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = fileRoutes.one
