import { policyRoutes } from '@/lib/ledger/api/policy-routes'

// By token: ledger:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = policyRoutes.explain
