import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { answerFileContent } from '@/lib/collection/files/answer-content'
import { apiRoute } from '@/lib/http/api-route'

type Context = { params: Promise<{ tenant: string; name: string; file: string }> }

// For members, by their session: a file as it arrived.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant, name, file } = await params
    return answerFileContent(await memberOf(request, tenant), { silo: name, id: file })
  },
})

export { GET, HEAD }
