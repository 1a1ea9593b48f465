import { releaseRoute } from '@/lib/holds/holds-route'

// By token with events:erase.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = releaseRoute
