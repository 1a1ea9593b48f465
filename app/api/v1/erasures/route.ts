import { erasuresRoute } from '@/lib/erasure/erasures-route'

// By token: events:read looks, events:erase erases.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = erasuresRoute
