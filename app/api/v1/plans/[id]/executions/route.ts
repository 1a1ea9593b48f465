import { planRoutes } from '@/lib/collection/api/plan-routes'

// By token: collection:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = planRoutes.executions
