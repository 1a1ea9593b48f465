import { treeRoute } from '@/lib/integrity/log/tree-route'

// By token with events:read or a member's session, or by anybody where the log or its checkpoint is public.
// The custom server answers these paths before Next does.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = treeRoute
