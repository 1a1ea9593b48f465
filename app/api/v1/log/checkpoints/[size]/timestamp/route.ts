import { timestampRoute } from '@/lib/integrity/anchor/send-timestamp'

// By token with events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = timestampRoute
