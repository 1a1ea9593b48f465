import { ruleRoutes } from '@/lib/ledger/api/rule-routes'

// By token: ledger:read looks, ledger:manage changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = ruleRoutes.all
