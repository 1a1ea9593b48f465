import { channelRoutes } from '@/lib/channels/channel-routes'

// By token: destinations:read looks, destinations:manage adds.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = channelRoutes.all
