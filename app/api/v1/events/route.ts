import { eventsRoute } from '@/lib/trail/events-route'

// By token: POST wants events:write, GET events:read. The custom server answers this path before Next does.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = eventsRoute
