import { followRoute } from '@/lib/trail/follow-route'

// By token with events:read. The custom server answers this path before Next does.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = followRoute
