import { importRoutes } from '@/lib/ledger/api/import-routes'

// By token: ledger:write.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = importRoutes.apply
