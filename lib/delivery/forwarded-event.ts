import type { Level } from '@/lib/event/levels'
import type { MatchedEntity, MatchedEvent } from '@/lib/ledger/matched/matched-event'
import { withMatchedName } from './matched-names'

/** An event on its way out. Times are RFC 3339 UTC with three decimals; `leafHash` is hex. */
export type ForwardedEvent = {
  seq: number
  id: string
  receivedAt: string
  occurredAt: string
  level: Level
  type: string
  action: string
  message: string | null
  actorLogin: string | null
  targetName: string | null
  source: string | null
  dataSource: string | null
  origin: string
  leafHash: string
  /** The JSON text that was accepted, byte for byte; of an erased event what `shownBody` makes of it. */
  body: string
  /** What the ledger knows behind actor and targets, for destinations that carry it: then it is always there. */
  matched?: MatchedEvent
}

/**
 * The event as JSON text: what the trail added, then what was accepted, whose bytes are not parsed and written
 * again. The members are those of `GET /api/v1/events`, `checkpoint` where a receiver shall remember it, and `matched`
 * where it gets that.
 */
export function toEventJson(
  { id, seq, receivedAt, leafHash, origin, matched, body }: ForwardedEvent,
  checkpoint?: string,
): string {
  const rest = JSON.stringify({ origin, ...(checkpoint && { checkpoint }) }).slice(1, -1)
  const found = matched ? `"matched":${toMatchedJson(matched)},` : ''
  // Written by hand a third of the time: what is a UUID, a moment or hex needs no escapes.
  return `{"id":"${id}","seq":${seq},"receivedAt":"${receivedAt}","leafHash":"${leafHash}",${rest},${found}${body.slice(1)}`
}

/** Events of a batch have the same few entities, which are written once: half of what an event costs otherwise. */
const written = new WeakMap<MatchedEntity, string>()

function toEntityJson(entity: MatchedEntity | null): string {
  if (entity === null) return 'null'
  const known = written.get(entity) ?? JSON.stringify(entity)
  written.set(entity, known)
  return known
}

function toMatchedJson({ actor, targets }: MatchedEvent): string {
  const members = [
    ...(actor ? [`"actor":${toEntityJson(actor)}`] : []),
    ...(targets ? [`"targets":[${targets.map(toEntityJson).join(',')}]`] : []),
  ]
  return `{${members.join(',')}}`
}

/** One line for people, from the columns and what the ledger knows. */
export function toEventLine({ message, actorLogin, action, targetName, matched }: ForwardedEvent): string {
  const actor = withMatchedName(actorLogin, matched?.actor)
  const target = withMatchedName(targetName, matched?.targets?.[0])
  return message || [actor, action, target].filter(Boolean).join(' ')
}
