import { destinationRoutes } from '@/lib/forwarding/destination-routes'

// By token: destinations:manage and events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = destinationRoutes.preview
