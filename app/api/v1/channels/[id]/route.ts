import { channelRoutes } from '@/lib/channels/channel-routes'

// By token: destinations:read looks, destinations:manage changes.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = channelRoutes.one
