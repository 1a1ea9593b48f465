import { evidenceRoute } from '@/lib/integrity/bundle/evidence-route'

// By token with events:read. The custom server answers this path before Next does.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = evidenceRoute
