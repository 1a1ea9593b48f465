import { destinationRoutes } from '@/lib/forwarding/destination-routes'

// By token: destinations:read and events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = destinationRoutes.matched
