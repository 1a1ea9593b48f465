import { importRoutes } from '@/lib/ledger/api/import-routes'

// By token: ledger:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = importRoutes.export
