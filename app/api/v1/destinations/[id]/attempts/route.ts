import { destinationRoutes } from '@/lib/forwarding/destination-routes'

// By token: destinations:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = destinationRoutes.attempts
