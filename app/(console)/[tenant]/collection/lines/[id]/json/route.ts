import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { exportLine } from '@/lib/collection/lines/export'
import { getLineSchema } from '@/lib/collection/lines/input'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'

type Context = { params: Promise<{ tenant: string; id: string }> }

/** What no file system takes amiss. */
const toFileName = (name: string) =>
  `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || 'line'}.json`

// For members, by their session: a line with its tables as a file.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant, id } = await params
    const scope = await memberOf(request, tenant)
    const version = new URL(request.url).searchParams.get('version') ?? undefined
    const file = await exportLine(scope, parseInput(getLineSchema, { id, version }))
    return new Response(JSON.stringify(file, null, 2), {
      headers: {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(toFileName(file.line.name))}`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    })
  },
})

export { GET, HEAD }
