import { consistencyRoute } from '@/lib/integrity/log/log-routes'

// By token with events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = consistencyRoute
