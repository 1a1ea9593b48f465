import { env } from '@/env'
import { apiRoute } from '@/lib/http/api-route'
import { makeOpenApiDocument } from './openapi'

/** `/api/v1/openapi.json`: for everyone. */
export const openApiRoute = apiRoute({
  GET: () =>
    Response.json(makeOpenApiDocument(env.publicUrl()), { headers: { 'cache-control': 'no-cache' } }),
})
