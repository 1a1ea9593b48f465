import { policyRoutes } from '@/lib/ledger/api/policy-routes'

// By token: ledger:manage.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = policyRoutes.check
