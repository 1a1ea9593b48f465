import { channelRoutes } from '@/lib/channels/channel-routes'

// By token: destinations:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = channelRoutes.attempts
