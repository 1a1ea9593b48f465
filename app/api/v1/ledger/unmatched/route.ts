import { matchingRoutes } from '@/lib/ledger/api/matching-routes'

// By token: ledger:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = matchingRoutes.unmatched
