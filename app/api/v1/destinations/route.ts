import { destinationRoutes } from '@/lib/forwarding/destination-routes'

// By token: destinations:read looks, destinations:manage adds.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = destinationRoutes.all
