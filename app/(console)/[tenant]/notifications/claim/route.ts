import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { describeDevice } from '@/components/sessions/describe-device'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'
import { requireSameOrigin } from '@/lib/http/same-origin'
import { claimNotification, claimSchema } from '@/lib/notifications/claim-notification'

type Context = { params: Promise<{ tenant: string }> }

// For members, by their session and from pages of ours: whether this browser is the one to show a notification.
const { POST } = apiRoute<Context>({
  POST: async (request, { params }) => {
    requireSameOrigin(request)
    const { tenant } = await params
    const scope = await memberOf(request, tenant)
    const claim = parseInput(claimSchema, await readJson(request))
    const browser = describeDevice(request.headers.get('user-agent'))
    const answer = await claimNotification(scope, claim, browser)
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  },
})

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new AppError('invalid', 'Send the number of a notification as JSON.')
  }
}

export { POST }
