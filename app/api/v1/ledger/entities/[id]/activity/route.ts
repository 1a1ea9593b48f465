import { entityRoutes } from '@/lib/ledger/api/entity-routes'

// By token: ledger:read and events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = entityRoutes.activity
