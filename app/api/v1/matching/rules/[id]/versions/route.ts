import { ruleRoutes } from '@/lib/ledger/api/rule-routes'

// By token: ledger:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = ruleRoutes.versions
