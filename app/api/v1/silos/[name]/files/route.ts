import { fileRoutes } from '@/lib/collection/api/file-routes'

// By token: collection:read lists, collection:write hands over.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = fileRoutes.all
