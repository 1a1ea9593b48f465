import { paramOf, queryHref, wordOf } from '@/components/ledger/query-href'
import { trailHref } from '@/components/trail/trail-url'
import type { EntityType } from '@/lib/ledger/entity-types'
import { TIMELINE_SIDES, type TimelineSide } from '@/lib/ledger/timeline/activity-view'

export const SIDE_LABELS: Record<TimelineSide, string> = {
  actor: 'As actor',
  target: 'As target',
  'sign-ins': 'Sign-ins',
}

/** What the page of an entity shows; a cursor belongs to one side. */
export type EntityAddress = { path: string; side: TimelineSide; cursor: string | undefined }

/** Who does things is looked at for what they did, all else for what was done to it. */
const ACTORS: readonly EntityType[] = ['identity', 'account', 'organisation']
export const firstSide = (type: EntityType): TimelineSide => (ACTORS.includes(type) ? 'actor' : 'target')

type Sent = Record<string, string | string[] | undefined>

export function readEntityAddress(path: string, sent: Sent, type: EntityType): EntityAddress {
  return {
    path,
    side: wordOf(sent, 'side', TIMELINE_SIDES) ?? firstSide(type),
    cursor: paramOf(sent, 'cursor'),
  }
}

export const entityHref = ({ path, side, cursor }: EntityAddress): string => queryHref(path, { side, cursor })

/** The filter of the trail for one side: everything that an entity did, or that was done to it. */
export function sideQuery(
  { type, key }: { type: EntityType; key: string },
  side: TimelineSide,
): URLSearchParams {
  return new URLSearchParams([[side === 'target' ? 'targetEntity' : 'actorEntity', `${type}:${key}`]])
}

export const sideHref = (
  trailPath: string,
  entity: { type: EntityType; key: string },
  side: TimelineSide,
): string => trailHref(trailPath, sideQuery(entity, side))
