import type { TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { ROLE_WORDS } from '@/lib/delivery/destinations/roles'
import { createDestination } from '@/lib/forwarding/create'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { operationPartsOf } from '@/lib/forwarding/operation-parts'
import { pauseDestination } from '@/lib/forwarding/pause'
import { removeDestination } from '@/lib/forwarding/remove'
import { replayEvents } from '@/lib/forwarding/replay-events'
import { skipEvents } from '@/lib/forwarding/skip-events'
import { LARGE, type Provocations, type Sent, send } from './provocation'

/** One that is paused, one that runs, one to be removed, one that was, and a replay of the paused one. */
export type Walked = Record<'paused' | 'running' | 'doomed' | 'removed' | 'replay', string>

/** What each role's walk is made with. `RECEIVER` is allowed by the test; nobody listens there. */
const INPUTS = {
  forwarding: { kind: 'http', url: 'http://127.0.0.2:1024/in' },
  channel: { kind: 'desktop' },
} as const satisfies Record<DestinationRole, object>
/** Of the same input. */
const WRONG = { forwarding: { kind: 'http' }, channel: { kind: 'desktop', everySeconds: 7 } }

/** A role's destinations to walk along, in a trail that has events. */
export async function makeWalked(scope: TenantScope, role: DestinationRole): Promise<Walked> {
  const start = role === 'forwarding' ? { start: 'beginning' } : {}
  const input = INPUT_SCHEMAS[role].create.parse({ ...INPUTS[role], ...start })
  const add = async () => (await createDestination(scope, input)).id
  const [paused, running, doomed, removed] = [await add(), await add(), await add(), await add()]
  await pauseDestination(scope, { id: paused })
  if (role === 'forwarding') await skipEvents(scope, { id: paused, throughSeq: 1, reason: 'the walk' })
  const { id: replay } = await replayEvents(scope, { id: paused, what: 'since', fromSeq: 0 })
  await removeDestination(scope, { id: removed })
  return { paused, running, doomed, removed, replay }
}

/** What the statuses of a role's operations need. `walked` is there only when the test runs. */
export function destinationProvocations(
  role: DestinationRole,
  walked: () => Walked,
): { all: Record<string, Provocations>; searched: Provocations } {
  const { idOf } = operationPartsOf(role)
  const { title } = ROLE_WORDS[role]
  const input = INPUTS[role]
  const at = (name: keyof Walked | 'nowhere', sent: Sent = {}): Sent => ({
    ...sent,
    get path() {
      const { replay, ...ids } = walked()
      const id = name === 'nowhere' || name === 'replay' ? '019a9d0c-0000-7000-8000-000000000000' : ids[name]
      return { id, replay }
    },
  })
  const page = {
    200: at('running', { query: 'limit=1' }),
    400: at('running', { query: 'cursor=x' }),
    404: at('nowhere'),
  }
  /** Pages that search the trail, which only so many may at a time. */
  const searched = { ...page }
  const crowded =
    role === 'channel' ? { 409: Array.from({ length: 101 }, () => send({ ...input, enabled: false })) } : {}
  const all: Record<string, Provocations> = {
    [`list${title}Kinds`]: { 200: {} },
    [`list${title}s`]: { 200: {} },
    [`create${title}`]: { 201: send(input), 400: send({ kind: 'pigeon' }), 413: LARGE, ...crowded },
    [`preview${title}`]: {
      200: send(input),
      400: send(WRONG[role]),
      404: send({ ...input, id: '019a9d0c-0000-7000-8000-000000000000' }),
      413: LARGE,
    },
    [`get${title}`]: { 200: at('running'), 404: at('nowhere') },
    [`update${title}`]: {
      200: at('running', send({ ...input, note: 'changed' })),
      400: at('running', send({ ...input, levels: ['loud'] })),
      404: at('nowhere', send(input)),
      409: at('running', send({ ...input, unchangedSince: '2001-01-01T00:00:00Z' })),
      413: at('running', LARGE),
    },
    [`remove${title}`]: { 200: at('doomed'), 404: at('nowhere') },
    [`test${title}`]: { 200: at('running'), 404: at('nowhere') },
    [`pause${title}`]: { 200: at('paused'), 404: at('nowhere') },
    [`resume${title}`]: {
      200: at('running', send({})),
      400: at('paused', send({ from: 'time' })),
      404: at('nowhere', send({})),
      409: at('running', send({ from: 'now' })),
      413: at('running', LARGE),
    },
    [`retry${title}`]: { 200: at('running'), 404: at('nowhere'), 409: at('paused') },
    [`restore${title}`]: {
      200: at('removed'),
      404: at('nowhere'),
      // Those before it have filled the workspace.
      ...(role === 'channel' && { 409: at('doomed') }),
    },
    [idOf('skip', 'Events')]: {
      200: at('paused', send({ reason: 'the walk' })),
      400: at('paused', send({ throughSeq: 99_999, reason: 'the walk' })),
      404: at('nowhere', send({ reason: 'the walk' })),
      413: at('paused', LARGE),
    },
    [idOf('list', 'Replays')]: { 200: at('running'), 404: at('nowhere') },
    [idOf('replay', 'Events')]: {
      201: at('paused', send({ what: 'range', fromSeq: 0, throughSeq: 0 })),
      400: at('paused', send({ what: 'range', fromSeq: 5 })),
      404: at('nowhere', send({ what: 'dead' })),
      409: Array.from({ length: 11 }, () => at('paused', send({ what: 'since', fromSeq: 0 }))),
      413: at('paused', LARGE),
    },
    [idOf('cancel', 'Replay')]: { 200: at('paused'), 404: at('running') },
    [idOf('list', 'DeliveryAttempts')]: page,
    [idOf('list', 'DeadLetters')]: page,
    [idOf('list', 'MatchedEvents')]: searched,
    [idOf('list', 'UnsentEvents')]: searched,
    [idOf('read', 'DeliveryHours')]: {
      ...page,
      200: at('running'),
      400: at('running', { query: 'hours=0' }),
    },
    ...(role === 'channel' && {
      listChannelPresets: { 200: {} },
      estimateChannel: {
        200: send({ types: ['test'], threshold: true, ruleCount: 2 }),
        400: send({ threshold: true, ruleCount: 1, ruleQuietSeconds: 0 }),
        413: LARGE,
      },
      listChannelAlarms: page,
    }),
  }
  return { all, searched }
}
