import { planRoutes } from '@/lib/collection/api/plan-routes'

// By token: collection:read lists, collection:manage adds.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = planRoutes.all
