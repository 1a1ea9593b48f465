import { siloRoutes } from '@/lib/collection/api/silo-routes'

// By token: collection:read lists, collection:manage adds.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = siloRoutes.all
