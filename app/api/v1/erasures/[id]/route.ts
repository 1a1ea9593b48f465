import { erasureRoute } from '@/lib/erasure/erasures-route'

// By token with events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = erasureRoute
