import { entityRoutes } from '@/lib/ledger/api/entity-routes'

// By token: ledger:read looks, ledger:write changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = entityRoutes.one
