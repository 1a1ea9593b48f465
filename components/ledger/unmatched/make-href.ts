import { queryHref } from '@/components/ledger/query-href'
import { testHref } from '@/components/ledger/test-box/test-address'
import { type EntityType, isEntityType, LINKS, NAME_ATTRIBUTE } from '@/lib/ledger/entity-types'
import type { UnmatchedName } from '@/lib/ledger/matching/unmatched-view'

type Name = Pick<UnmatchedName, 'role' | 'type' | 'name' | 'parent' | 'identity' | 'refId' | 'origins'>

const isSid = (text: string | null): text is string => /^S-1-\d+(-\d+)+$/i.test(text ?? '')
const isEmail = (text: string | null): text is string => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text ?? '')

/** What those who do things are, and targets of which nobody said it. */
const typeOf = ({ role, type }: Name): EntityType =>
  role === 'target' && isEntityType(type) ? type : 'account'

/** The form for an entity that this name would find, with what the name says filled in. */
export function makeHref(path: string, name: Name): string {
  const type = typeOf(name)
  const texts = [name.name, name.identity, name.refId]
  const sid = texts.find(isSid)
  const plain = texts.find((text) => text !== null && !isSid(text)) ?? null
  return queryHref(`${path}/entities/new`, {
    type,
    [NAME_ATTRIBUTE[type]]: plain ?? sid,
    repository: 'repository' in LINKS[type] ? name.parent : null,
    application: 'application' in LINKS[type] ? name.parent : null,
    sid,
    email: texts.find(isEmail),
    display_name: plain,
    back: 'unmatched',
  })
}

/** The test box with what the name says, by the policy of the first of its sources. */
export function explainHref(
  slug: string,
  { role, type, name, parent, identity, refId, origins }: Name,
): string {
  return testHref(slug, {
    logEntity: role === 'actor' ? 'actor' : isEntityType(type) ? type : 'undetermined',
    ...(name !== null && { name }),
    ...(parent !== null && { parent }),
    ...(identity !== null && { identity }),
    ...(refId !== null && { id: refId }),
    origin: origins[0],
  })
}
