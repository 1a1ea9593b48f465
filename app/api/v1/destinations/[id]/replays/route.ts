import { destinationRoutes } from '@/lib/forwarding/destination-routes'

// By token: destinations:read looks, destinations:manage begins one.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = destinationRoutes.replays
