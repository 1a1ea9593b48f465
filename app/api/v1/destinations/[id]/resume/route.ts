import { destinationRoutes } from '@/lib/forwarding/destination-routes'

// By token: destinations:manage.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = destinationRoutes.resume
