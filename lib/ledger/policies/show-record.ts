import { LINKS } from '@/lib/ledger/entity-types'
import type { ShownEntity } from '@/lib/ledger/matched/matched-event'
import type { Reference } from '@/lib/ledger/matching/references-of'
import { type LedgerRecord, valuesOf } from '@/lib/ledger/rules/ledger-record'
import { type DisplayTemplate, renderDisplay } from './display-template'
import type { LinkedEntities } from './linked-entities'
import type { LinkedRecord } from './read-linked-records'
import { holdsIn, type Period } from './winners'

/** Names of a template that stand for what the event says. */
export const EVENT_NAMES = {
  'event.name': 'name',
  'event.parent': 'parent',
  'event.identity': 'identity',
  'event.id': 'refId',
} as const satisfies Record<string, keyof Reference>

/** A found record with what it is shown with, at a time in which none of it changes. */
type Sight = { record: LedgerRecord; linked: LinkedEntities; period: Period }

/** The record of a person behind another one (an identity is its own), where the ledger has one at that time. */
export function personOf({ record, linked, period }: Sight): LinkedRecord | undefined {
  if (record.type === 'identity') return record
  if (record.type !== 'account') return undefined
  return linked.behind(record, 'identity').find((person) => holdsIn(person, period))
}

export const organisationOf = (
  person: LinkedRecord | undefined,
  { linked, period }: Sight,
): LinkedRecord | undefined =>
  person && linked.behind(person, 'organisation').find((found) => holdsIn(found, period))

/** The entities behind a record that may be named where it is shown, but for the known ones; null: none. */
export function namedWith(
  { record, linked, period }: Sight,
  links: readonly string[],
  ...known: readonly (LinkedRecord | undefined)[]
): string[] | null {
  const named: string[] = []
  for (const near of linked.around(record, links)) {
    if (!holdsIn(near, period) || known.some((one) => one?.entityId === near.entityId)) continue
    named.push(near.entityId)
  }
  return named.length === 0 ? null : named
}

export const toShown = ({ entityId, type, key, displayName }: LinkedRecord): ShownEntity => ({
  id: entityId,
  type,
  key,
  display: displayName,
})

/** What readers see of a record by the template of the entry that found it; never blank. */
export function displayOf(display: DisplayTemplate, sight: Sight, reference: Reference): string {
  const { record } = sight
  return (
    renderDisplay(display, (name) => findValue(name, sight, reference)) || record.displayName || record.key
  )
}

function findValue(name: string, sight: Sight, reference: Reference): string {
  const { record } = sight
  if (Object.hasOwn(LINKS[record.type], name)) return linkedNames(name, sight)
  if (Object.hasOwn(EVENT_NAMES, name)) return reference[EVENT_NAMES[name as keyof typeof EVENT_NAMES]] ?? ''
  const own = valuesOf(record, name)
  if (own.length > 0) return own.join(', ')
  if (name === 'person') return personOf(sight)?.displayName ?? ''
  if (name === 'organisation') return organisationOf(personOf(sight), sight)?.displayName ?? ''
  return ''
}

/** People and organisations that the ledger doesn't know (at that time) are blank: their keys say nothing. */
const NAMELESS: ReadonlySet<string> = new Set(['identity', 'organisation'])

function linkedNames(link: string, { record, linked, period }: Sight): string {
  const to = LINKS[record.type][link]?.to
  if (to === undefined) return ''
  return valuesOf(record, link)
    .map((key) => {
      const known = linked.recordsOf(to, key).find((found) => holdsIn(found, period))
      return known?.displayName ?? (NAMELESS.has(to) ? '' : key)
    })
    .filter(Boolean)
    .join(', ')
}
