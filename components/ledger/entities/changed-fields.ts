import type { RecordView } from '@/lib/ledger/entities/entity-view'
import { linkLabel } from './link-words'

/** What a record says, as texts by the name of the field. */
export function fieldsOf({ displayName, links, attributes }: RecordView): Record<string, string> {
  const fields: Record<string, string> = { 'display name': displayName }
  for (const { name, key, entity } of links) {
    const label = linkLabel(name).toLowerCase()
    const shown = entity?.displayName ?? key
    fields[label] = fields[label] ? `${fields[label]}, ${shown}` : shown
  }
  return { ...fields, ...attributes }
}

/** What differs between two records, '' is none. */
export function fieldsThatChanged(
  before: RecordView,
  after: RecordView,
): { name: string; before: string; after: string }[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return names
    .filter((name) => old[name] !== now[name])
    .map((name) => ({ name, before: old[name] ?? '', after: now[name] ?? '' }))
}
