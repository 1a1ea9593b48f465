import { eventRoute } from '@/lib/trail/event-route'

// By token with events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = eventRoute
