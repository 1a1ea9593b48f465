import { z } from 'zod'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { AppError } from '@/lib/errors/app-error'
import { parseFilter } from './filter-url'
import { DEFAULT_PAGE_SIZE, listEvents, MAX_PAGE_SIZE } from './list'

const pageSchema = z.object({
  order: z.enum(['asc', 'desc']).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
  cursor: z.string().optional(),
  after: z.coerce.number().int().min(-1).max(Number.MAX_SAFE_INTEGER).optional(),
})

const PAGE_NAMES = Object.keys(pageSchema.shape)

function parsePage(params: URLSearchParams) {
  const given = PAGE_NAMES.filter((name) => params.get(name)).map((name) => [name, params.get(name)])
  const parsed = pageSchema.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const violations = parsed.error.issues.map(({ path, code, message }) => ({
    pointer: `/${String(path[0])}`,
    code,
    detail: message,
  }))
  throw new AppError('invalid', `The page is not understood: ${violations[0]?.pointer.slice(1)}.`, {
    violations,
  })
}

/** `GET /api/v1/events`: a token with `events:read` reads a page of its tenant's trail. */
export async function sendEvents(request: Request): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  const { searchParams } = new URL(request.url)
  const page = await listEvents(scope, parseFilter(searchParams, PAGE_NAMES), parsePage(searchParams))
  return Response.json(page, { headers: { 'cache-control': 'no-store' } })
}
