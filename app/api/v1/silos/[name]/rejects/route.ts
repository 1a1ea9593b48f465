import { rejectRoutes } from '@/lib/collection/api/reject-routes'

// By token: collection:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = rejectRoutes.all
