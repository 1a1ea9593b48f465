import type { EventInput } from '@/lib/event/event-input'
import { wordsOf } from './verbs'

/** What the ledger says of a party, where a destination carries it. */
export type Person = { fullName?: string | undefined; organisation?: string | undefined }
export type Target = NonNullable<EventInput['targets']>[number] & Person

/** What an event was done to, as far as standards of other products treat it in a way of its own. */
export type Subject = keyof typeof WORDS

const WORDS = {
  user: ['user', 'account', 'person', 'member', 'employee', 'identity', 'admin', 'administrator'],
  group: ['group', 'team'],
  role: ['role', 'permission', 'privilege'],
  device: ['device', 'computer', 'host', 'endpoint', 'laptop', 'server', 'machine', 'instance'],
  organization: ['organization', 'organisation', 'tenant', 'workspace', 'company'],
  policy: ['policy'],
} as const satisfies Record<string, readonly string[]>

const subjects = new Map<string, Subject>()
for (const [subject, words] of Object.entries(WORDS))
  for (const word of words) subjects.set(word, subject as Subject)

/** By the last word of a target's type that is known: a `user group` is a group. */
export function subjectOf({ type }: Target): Subject | undefined {
  if (type === undefined) return undefined
  return wordsOf(type)
    .map((word) => subjects.get(word))
    .findLast((subject) => subject !== undefined)
}

/** The first of an event's targets that is of this kind and that one can tell from others. */
export function findTarget(targets: readonly Target[] | undefined, subject: Subject): Target | undefined {
  return targets?.find((target) => subjectOf(target) === subject && isNamed(target))
}

export const isNamed = ({ name, id }: Target): boolean => name !== undefined || id !== undefined
