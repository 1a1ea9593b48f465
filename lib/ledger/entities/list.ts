import { type SQL, sql } from 'drizzle-orm'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { LINKS } from '@/lib/ledger/entity-types'
import { attributeName } from './attribute-name'
import { decodePlace, encodePlace } from './entity-cursor'
import type { EntityPage } from './entity-view'
import type { ListEntities } from './input'
import { readSummaries } from './read-summaries'
import { fitsTerms, linkTerm, typesOf, wordTerms } from './search-conditions'

const LINK_NAMES = [...new Set(Object.values(LINKS).flatMap((links) => Object.keys(links)))]

function requireLink(name: string): void {
  if (LINK_NAMES.includes(attributeName(name))) return
  const detail = `There is no such link. Choose one of ${LINK_NAMES.join(', ')}.`
  throw new AppError('invalid', detail, { violations: [{ pointer: '/link', code: 'invalid', detail }] })
}

/** A page of the ledger by type and key, or of what is found in it. Throws `invalid` for a wrong place or link. */
export async function listEntities(
  scope: TenantScope,
  { type, q, link, after, limit }: ListEntities,
): Promise<EntityPage> {
  requirePermission(scope, 'ledger:read')
  const { tenantId } = scope
  const types = typesOf(type)
  const conditions: SQL[] = [sql`true`]
  if (type) conditions.push(sql`e.type = ${type}`)
  if (after !== undefined) {
    const place = decodePlace(after)
    conditions.push(sql`(e.type, e.key_fold) > (${place.type}, ${place.fold})`)
  }
  const linked = link && linkTerm(types, link.name, link.key)
  const words = q ? wordTerms(types, q) : []
  if (link && !linked) requireLink(link.name)
  // A link of other types, or a text of signs alone, finds nothing.
  if ((link && !linked) || (q && words.length === 0)) return { entities: [], next: null }
  const terms = [...words, ...(linked ? [linked] : [])]
  const found = await inTenant(scope, async (tx) => {
    if (terms.length > 0) conditions.push(await fitsTerms(tx, tenantId, terms))
    return readSummaries(tx, tenantId, sql.join(conditions, sql` and `), limit + 1)
  })
  const entities = found.slice(0, limit)
  const last = entities.at(-1)
  return { entities, next: found.length > limit && last ? encodePlace(last) : null }
}
