import type { EventInput } from '@/lib/event/event-input'
import { type MadeMatch, madeEntity } from '@/lib/ledger/matched/testing/fill-matches'
import type { Reference } from '@/lib/ledger/matching/references-of'

// Events of one day by a few dozen names, and a ledger in which these mean people, at times and by turns.

export const BEGIN = Date.UTC(2026, 0, 1)
export const HOUR = 3_600_000
export const ORIGIN = 'token:test'
const NAMES = 24

const people = Array.from({ length: 8 }, (_, i) => madeEntity('identity', `Person${i}`))
export const organisations = [
  madeEntity('organisation', 'all'),
  madeEntity('organisation', 'sales', [{ key: 'ALL', from: null, to: null }]),
  // Below sales until the first of January, 10:00; then right below the top.
  madeEntity('organisation', 'east', [
    { key: 'sales', from: null, to: BEGIN + 10 * HOUR },
    { key: 'all', from: BEGIN + 10 * HOUR, to: null },
  ]),
  // In circles.
  madeEntity('organisation', 'loop1', [{ key: 'loop2', from: null, to: null }]),
  madeEntity('organisation', 'loop2', [{ key: 'loop1', from: null, to: null }]),
]
const accounts = Array.from({ length: NAMES }, (_, i) => madeEntity('account', `CORP\\user${i}`))
const groups = Array.from({ length: 6 }, (_, i) => madeEntity('group', `CORP\\group${i}`))
export const ENTITIES = [...people, ...organisations, ...accounts, ...groups]

const at = <T>(list: readonly T[], i: number): T => list[i % list.length] as T

export function eventAt(i: number): EventInput {
  const who = (i * 7919) % 10_007
  return {
    type: `type${i % 5}`,
    action: at(['opened', 'closed', 'signed in'], i),
    level: at(['info', 'warning', 'error'] as const, i),
    occurredAt: new Date(BEGIN + ((i * 31) % (24 * 60)) * 60_000).toISOString(),
    // A few are rare, most are frequent, and some events have no actor.
    ...(i % 9 !== 0 && { actor: { login: who < 30 ? `user${who % NAMES}` : `user${who % 7}` } }),
    targets: [
      ...(i % 4 === 0 ? [{ type: 'group', name: `group${i % 8}` }] : []),
      ...(i % 6 === 0 ? [{ type: 'account', name: `user${i % NAMES}` }] : []),
    ],
  }
}

/** Who a name meant: some always, some by turns, some nobody, some nobody can say, and all of them once somebody else. */
export function matchesOf({ role, type, name }: Reference): MadeMatch[] {
  const i = Number(/\d+$/.exec(name ?? '')?.[0] ?? 0)
  if (type === 'group') return i < groups.length ? [{ from: null, to: null, entity: at(groups, i) }] : []
  const account = at(accounts, i)
  const old: MadeMatch = { from: null, to: null, entity: account, identity: at(people, i + 1), isOld: true }
  const noon = BEGIN + 12 * HOUR
  const by = (person: number): Pick<MadeMatch, 'entity' | 'identity' | 'organisation'> => ({
    entity: account,
    identity: at(people, person),
    ...(person % 8 !== 7 && { organisation: at(organisations, person) }),
  })
  if (i % 6 === 3) return [old, { from: null, to: noon, ...by(i) }, { from: noon, to: null, ...by(i + 2) }]
  if (i % 6 === 4) return [old, { from: BEGIN + 6 * HOUR, to: BEGIN + 7 * HOUR, ...by(i) }]
  if (i % 6 === 5) return role === 'actor' ? [old, { from: null, to: null, entity: null }] : []
  return [old, { from: null, to: null, ...by(i) }]
}
