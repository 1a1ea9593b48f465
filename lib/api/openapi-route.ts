import { env } from '@/env'
import { apiRoute } from '@/lib/http/api-route'
import { makeOpenApiDocument } from './openapi'

/** Written once: it takes some 300 ms of the processor, and anybody may ask. */
let text: string | undefined

/** `/api/v1/openapi.json`: for everyone. */
export const openApiRoute = apiRoute({
  GET: () => {
    text ??= JSON.stringify(makeOpenApiDocument(env.publicUrl()))
    return new Response(text, {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
    })
  },
})
