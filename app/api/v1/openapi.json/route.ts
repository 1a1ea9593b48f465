import { openApiRoute } from '@/lib/api/openapi-route'

// For everyone.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = openApiRoute
