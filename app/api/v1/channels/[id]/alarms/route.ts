import { channelRoutes } from '@/lib/channels/channel-routes'

// By token: destinations:read; who they are about wants events:read.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = channelRoutes.alarms
