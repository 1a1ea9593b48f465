import { ENTITY_LABELS, type EntityType } from '@/lib/ledger/entity-types'

/** What links are called by those who have them. */
const LABELS: Record<string, string> = {
  identity: 'Identity',
  repository: 'Repository',
  organisation: 'Organisation',
  manager: 'Manager',
  owner: 'Owner',
  parent: 'Part of',
  application: 'Application',
  groups: 'Member of',
}

export const linkLabel = (name: string): string => LABELS[name] ?? name

/** What those are called that a link comes from, on the page of what it leads to. */
export function linkedFromLabel(type: EntityType, link: string): string {
  const { many } = ENTITY_LABELS[type]
  if (link === 'groups') return `Members: ${many.toLowerCase()}`
  if (link === 'organisation' && type === 'identity') return 'People'
  if (link === 'manager') return `Manages: ${type === 'identity' ? 'people' : many.toLowerCase()}`
  if (link === 'owner') return `Owns: ${many.toLowerCase()}`
  if (link === 'parent') return `Parts: ${many.toLowerCase()}`
  return many
}
