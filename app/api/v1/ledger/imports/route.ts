import { importRoutes } from '@/lib/ledger/api/import-routes'

// By token: ledger:read looks, ledger:write changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = importRoutes.all
