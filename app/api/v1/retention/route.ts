import { retentionRoute } from '@/lib/retention/retention-route'

// By token: events:read looks, events:erase chooses.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = retentionRoute
