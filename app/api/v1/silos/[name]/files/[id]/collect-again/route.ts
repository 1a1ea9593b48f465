import { fileRoutes } from '@/lib/collection/api/file-routes'

// By token: collection:write.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = fileRoutes.collectAgain
