import { policyRoutes } from '@/lib/ledger/api/policy-routes'

// By token: ledger:read looks, ledger:manage changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = policyRoutes.one
