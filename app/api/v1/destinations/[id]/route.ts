import { destinationRoutes } from '@/lib/forwarding/destination-routes'

// By token: destinations:read looks, destinations:manage changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = destinationRoutes.one
