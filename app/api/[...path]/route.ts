import { apiRoute } from '@/lib/http/api-route'
import { problemResponse } from '@/lib/http/problem'

const refuse = (request: Request) =>
  problemResponse(404, 'Not found', `There is nothing at ${new URL(request.url).pathname.slice(0, 200)}.`)

// For everyone: API paths that don't exist answer in the API's way.
export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = apiRoute({
  GET: refuse,
  POST: refuse,
  PUT: refuse,
  PATCH: refuse,
  DELETE: refuse,
})
