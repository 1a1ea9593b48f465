import { siloRoutes } from '@/lib/collection/api/silo-routes'

// By token: collection:manage.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = siloRoutes.test
