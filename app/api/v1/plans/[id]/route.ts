import { planRoutes } from '@/lib/collection/api/plan-routes'

// By token: collection:read looks, collection:manage changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = planRoutes.one
