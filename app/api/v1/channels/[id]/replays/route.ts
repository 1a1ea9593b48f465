import { channelRoutes } from '@/lib/channels/channel-routes'

// By token: destinations:read looks, destinations:manage begins one.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = channelRoutes.replays
