import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { AppError } from '@/lib/errors/app-error'
import { apiRoute } from '@/lib/http/api-route'
import { findExport } from '@/lib/trail/export/running-exports'

type Context = { params: Promise<{ tenant: string; export: string }> }

async function find(request: Request, { params }: Context) {
  const { tenant, export: id } = await params
  return findExport(await memberOf(request, tenant), id)
}

// For the member who started it: how far it is, and its end.
const { GET, DELETE } = apiRoute<Context>({
  GET: async (request, context) => {
    try {
      const { progress } = await find(request, context)
      return Response.json(progress, { headers: { 'cache-control': 'no-store' } })
    } catch (error) {
      // Not yet, or another process runs it: no error of who asks, and asked again in a second.
      if (error instanceof AppError && error.code === 'not_found') return new Response(null, { status: 204 })
      throw error
    }
  },
  DELETE: async (request, context) => {
    const { cancel, progress } = await find(request, context)
    if (progress.state === 'running') cancel()
    return new Response(null, { status: 204 })
  },
})

export { DELETE, GET }
