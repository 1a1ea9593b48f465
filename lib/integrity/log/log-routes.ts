import { apiRoute } from '@/lib/http/api-route'
import {
  sendCheckpoints,
  sendConsistency,
  sendEventProof,
  sendInclusion,
  sendKeys,
  sendLatestCheckpoint,
  sendLog,
} from './send-log'

/** All of `/api/v1/log/…` but its settings: a token with `events:read` reads its tenant's log. */
export const logRoute = apiRoute({ GET: sendLog })
export const latestCheckpointRoute = apiRoute({ GET: sendLatestCheckpoint })
export const checkpointsRoute = apiRoute({ GET: sendCheckpoints })
export const keysRoute = apiRoute({ GET: sendKeys })
export const inclusionRoute = apiRoute({ GET: sendInclusion })
export const consistencyRoute = apiRoute({ GET: sendConsistency })

/** `/api/v1/events/{id}/proof`: a token with `events:read` reads one event with its proof. */
export const eventProofRoute = apiRoute<{ params: Promise<{ id: string }> }>({
  GET: async (request, { params }) => sendEventProof(request, (await params).id),
})
