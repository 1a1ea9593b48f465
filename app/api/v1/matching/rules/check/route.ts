import { ruleRoutes } from '@/lib/ledger/api/rule-routes'

// By token: ledger:manage.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = ruleRoutes.check
