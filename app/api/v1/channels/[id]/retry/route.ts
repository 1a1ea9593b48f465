import { channelRoutes } from '@/lib/channels/channel-routes'

// By token: destinations:manage.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = channelRoutes.retry
