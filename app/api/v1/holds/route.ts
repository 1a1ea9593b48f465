import { holdsRoute } from '@/lib/holds/holds-route'

// By token: events:read looks, events:erase places.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = holdsRoute
