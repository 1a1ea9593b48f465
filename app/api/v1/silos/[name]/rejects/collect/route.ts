import { rejectRoutes } from '@/lib/collection/api/reject-routes'

// By token: collection:write.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = rejectRoutes.collect
