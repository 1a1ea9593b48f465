import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { estimateChannel } from '@/lib/channels/estimate'
import { estimateRule } from '@/lib/channels/estimate-rule'
import { listChannels } from '@/lib/channels/list'
import { listAlarms } from '@/lib/channels/list-alarms'
import { listRemovedChannels } from '@/lib/channels/list-removed'
import { listShown } from '@/lib/channels/list-shown'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { cancelReplay } from '@/lib/forwarding/cancel-replay'
import { createDestination } from '@/lib/forwarding/create'
import { recordDestinationEvent } from '@/lib/forwarding/destination-event'
import { readDestinations } from '@/lib/forwarding/destination-view'
import { estimateVolume } from '@/lib/forwarding/estimate-volume'
import { listEventDeliveries } from '@/lib/forwarding/event-deliveries'
import { findDestination, readDestination } from '@/lib/forwarding/find-destination'
import { getDestination } from '@/lib/forwarding/get'
import {
  createDestinationSchema,
  previewDestinationSchema,
  updateDestinationSchema,
} from '@/lib/forwarding/input'
import { listDestinations } from '@/lib/forwarding/list'
import { listAttempts } from '@/lib/forwarding/list-attempts'
import { listDeadLetters } from '@/lib/forwarding/list-dead-letters'
import { listMatchedEvents } from '@/lib/forwarding/list-matched-events'
import { listRemovedDestinations } from '@/lib/forwarding/list-removed'
import { listReplays } from '@/lib/forwarding/list-replays'
import { listUnsentEvents } from '@/lib/forwarding/list-unsent-events'
import { pauseDestination } from '@/lib/forwarding/pause'
import { previewDestination } from '@/lib/forwarding/preview-destination'
import { readHours } from '@/lib/forwarding/read-hours'
import { removeDestination } from '@/lib/forwarding/remove'
import { replayEvents } from '@/lib/forwarding/replay-events'
import { restoreDestination } from '@/lib/forwarding/restore'
import { resumeDestination } from '@/lib/forwarding/resume'
import { retryNow } from '@/lib/forwarding/retry-now'
import { previewSkip, skipEvents } from '@/lib/forwarding/skip-events'
import { switchWithEdit } from '@/lib/forwarding/switch-with-edit'
import { testDestination } from '@/lib/forwarding/test-destination'
import { updateDestination } from '@/lib/forwarding/update'
import type { FilledTenant } from './filled-tenant'

/** What somebody tries in another tenant than their own. */
export type Attempt = (intruder: TenantScope, victim: FilledTenant) => Promise<unknown>

const url = 'https://intruder.example/'
const loginQuery = ({ scope }: FilledTenant) => `actor=${encodeURIComponent(scope.principal.login)}`
const RULE = { count: 2, withinSeconds: 60, per: 'actor', quietSeconds: 60 } as const

const { configure, input } = destinationKind('http')
const rowOf = ({ destinationId }: FilledTenant) => ({
  id: destinationId,
  kind: 'http',
  config: configure(input.parse({ url })).config,
})

/** Verbs that name one of the victim's destinations or channels. */
export const DESTINATIONS_NOT_FOUND: Record<string, Attempt> = {
  'channels/list-alarms listAlarms': (b, a) => listAlarms(b, a.channelId),
  'channels/list-shown listShown': (b, a) => listShown(b, a.channelId),
  'forwarding/find-destination findDestination': (b, a) =>
    inTenant(b, (tx) => findDestination(tx, b, { id: a.destinationId })),
  'forwarding/get getDestination': (b, a) => getDestination(b, a.destinationId),
  'forwarding/pause pauseDestination': (b, a) => pauseDestination(b, { id: a.destinationId }),
  'forwarding/remove removeDestination': (b, a) => removeDestination(b, { id: a.destinationId }),
  'forwarding/resume resumeDestination': (b, a) => resumeDestination(b, { id: a.destinationId }),
  'forwarding/find-destination readDestination': (b, a) =>
    inTenant(b, (tx) => readDestination(tx, b, { id: a.destinationId })),
  'forwarding/cancel-replay cancelReplay': (b, a) =>
    cancelReplay(b, { id: a.destinationId, replayId: a.replayId }),
  'forwarding/list-attempts listAttempts': (b, a) => listAttempts(b, a.destinationId),
  'forwarding/list-dead-letters listDeadLetters': (b, a) => listDeadLetters(b, a.destinationId),
  'forwarding/list-matched-events listMatchedEvents': (b, a) => listMatchedEvents(b, a.destinationId),
  'forwarding/list-replays listReplays': (b, a) => listReplays(b, a.destinationId),
  'forwarding/list-unsent-events listUnsentEvents': (b, a) => listUnsentEvents(b, a.destinationId),
  'forwarding/preview-destination previewDestination': (b, a) =>
    previewDestination(b, previewDestinationSchema.parse({ kind: 'http', id: a.destinationId, url })),
  'forwarding/read-hours readHours': (b, a) => readHours(b, a.destinationId, 24),
  'forwarding/replay-events replayEvents': (b, a) => replayEvents(b, { id: a.destinationId, what: 'dead' }),
  'forwarding/restore restoreDestination': (b, a) => restoreDestination(b, { id: a.removedDestinationId }),
  'forwarding/retry-now retryNow': (b, a) => retryNow(b, { id: a.destinationId }),
  'forwarding/skip-events previewSkip': (b, a) => previewSkip(b, { id: a.destinationId }),
  'forwarding/skip-events skipEvents': (b, a) => skipEvents(b, { id: a.destinationId, reason: 'intruder' }),
  'forwarding/test-destination testDestination': (b, a) => testDestination(b, { id: a.destinationId }),
  'forwarding/update updateDestination': (b, a) =>
    updateDestination(b, updateDestinationSchema.parse({ kind: 'http', id: a.destinationId, url })),
}

/** Those that name none. */
export const DESTINATIONS_NOTHING: Record<string, Attempt> = {
  'channels/estimate estimateChannel': (b, a) =>
    estimateChannel(b, { types: [], levels: [], filter: loginQuery(a), rule: RULE }),
  'channels/estimate-rule estimateRule': (b, a) =>
    estimateRule(b, { types: [], levels: [], filter: loginQuery(a), rule: { ...RULE, count: 1 } }),
  'channels/list listChannels': (b) => listChannels(b),
  'channels/list-removed listRemovedChannels': (b) => listRemovedChannels(b),
  'forwarding/create createDestination': (b) =>
    createDestination(b, createDestinationSchema.parse({ kind: 'http', url })),
  'forwarding/destination-view readDestinations': (b, a) =>
    inTenant(b, (tx) => readDestinations(tx, b, { id: a.destinationId })),
  'forwarding/event-deliveries listEventDeliveries': (b, a) => listEventDeliveries(b, a.eventSeq),
  'forwarding/estimate-volume estimateVolume': (b, a) =>
    estimateVolume(b, { types: [], levels: [], filter: loginQuery(a) }),
  'forwarding/destination-event recordDestinationEvent': (b, a) =>
    inTenant(b, (tx) => recordDestinationEvent(tx, b, rowOf(a), 'DESTINATION_PAUSED', 'was paused')),
  'forwarding/list listDestinations': (b) => listDestinations(b),
  'forwarding/list-removed listRemovedDestinations': (b) => listRemovedDestinations(b),
  'forwarding/switch-with-edit switchWithEdit': (b, a) =>
    inTenant(b, (tx) => switchWithEdit(tx, b, rowOf(a), { state: 'active', reason: null }, false)),
}
