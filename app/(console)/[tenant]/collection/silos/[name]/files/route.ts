import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { uploadQuerySchema } from '@/lib/collection/api/file-queries'
import { readUpload } from '@/lib/collection/api/read-upload'
import { receiveFile } from '@/lib/collection/files/receive'
import { apiRoute } from '@/lib/http/api-route'
import { requireSameOrigin } from '@/lib/http/same-origin'
import { parseQuery } from '@/lib/integrity/log/parse-query'

type Context = { params: Promise<{ tenant: string; name: string }> }

// For members, by their session and from pages of ours: the body is a file for the silo, never held in memory.
const { POST } = apiRoute<Context>({
  POST: async (request, { params }) => {
    requireSameOrigin(request)
    const { tenant, name: silo } = await params
    const scope = await memberOf(request, tenant)
    const { name } = parseQuery(request, uploadQuerySchema)
    const { file, duplicate } = await receiveFile(scope, { silo, name, bytes: readUpload(request) })
    return Response.json({ file: { name: file.name }, duplicate }, { status: duplicate ? 200 : 201 })
  },
})

export { POST }
