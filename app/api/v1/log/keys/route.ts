import { keysRoute } from '@/lib/integrity/log/log-routes'

// By token with events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = keysRoute
