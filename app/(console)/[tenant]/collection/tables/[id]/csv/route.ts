import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { exportTable } from '@/lib/collection/tables/export'
import { tableVersionSchema } from '@/lib/collection/tables/input'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'

type Context = { params: Promise<{ tenant: string; id: string }> }

// For members, by their session: a version of a table as a file.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant, id } = await params
    const scope = await memberOf(request, tenant)
    const version = new URL(request.url).searchParams.get('version') ?? undefined
    const { fileName, content } = await exportTable(scope, parseInput(tableVersionSchema, { id, version }))
    return new Response(content, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    })
  },
})

export { GET, HEAD }
