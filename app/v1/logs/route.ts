import { logsRoute } from '@/lib/otlp/logs-route'

// By token with events:write. The custom server answers this path before Next does.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = logsRoute
