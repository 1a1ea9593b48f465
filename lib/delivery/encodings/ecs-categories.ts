import type { StoredEvent } from '@/lib/event/stored-event'
import { subjectOf } from './subjects'
import { type Verb, verbOf } from './verbs'

/** `event.category` and `event.type`, both lists of words that ECS allows. */
type EcsCategories = { category?: string[]; type: string[] }

const TYPES: Partial<Record<Verb, string>> = {
  create: 'creation',
  read: 'access',
  update: 'change',
  delete: 'deletion',
  add: 'change',
  remove: 'change',
  grant: 'change',
  revoke: 'change',
  enable: 'change',
  disable: 'change',
  lock: 'change',
  unlock: 'change',
  reset: 'change',
}

/** Adding an account makes one; adding to a group changes it. */
const ACCOUNT_TYPES: Partial<Record<Verb, string>> = { add: 'creation', remove: 'deletion', read: 'info' }

/** What kind of event ECS takes this for. One that its words don't fit is information without a category. */
export function ecsCategoriesOf({ action, code, targets = [] }: StoredEvent): EcsCategories {
  const verb = verbOf(action, code)
  if (verb === 'logon') return { category: ['authentication'], type: ['start'] }
  if (verb === 'logoff') return { category: ['authentication'], type: ['end'] }
  const subjects = targets.map(subjectOf)
  if (verb && subjects.includes('group'))
    return { category: ['iam'], type: ['group', verb === 'read' ? 'info' : (TYPES[verb] ?? 'info')] }
  if (verb && subjects.includes('user')) {
    const type = subjects.includes('role') ? TYPES[verb] : (ACCOUNT_TYPES[verb] ?? TYPES[verb])
    return { category: ['iam'], type: ['user', type ?? 'info'] }
  }
  const type = verb && TYPES[verb]
  return type && targets.length > 0 ? { category: ['configuration'], type: [type] } : { type: ['info'] }
}
