import { settingsRoute } from '@/lib/integrity/anchor/send-settings'

// By token: read with events:read, replaced with integrity:manage.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = settingsRoute
