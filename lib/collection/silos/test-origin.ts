import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { configureOrigin } from '@/lib/collection/origins/configure-origin'
import { openOrigin } from '@/lib/collection/origins/open-origin'
import type { Origin } from '@/lib/collection/origins/origin'
import { readSilo } from './find-silo'
import type { TestOrigin } from './input'
import { nameMatcher, reachesBelow } from './match-name'
import { openSecret } from './silo-secret'

/** Enough to see whether it is the right place. */
const MAX_SHOWN_FILES = 50
/** Pages of a thousand names each, so that somebody who waits gets an answer. */
const MAX_PAGES = 10
const TIMEOUT_MS = 20_000

/** The first files that would be fetched; `isWhole` if there are no more. */
export type TestedOrigin = { files: { name: string; bytes: number }[]; isWhole: boolean }

/**
 * Looks through an origin as it is filled in, and fetches nothing. With the name of a silo its stored secret counts.
 * Throws `not_found`, and `invalid` with what is wrong with the fields or the place, in the other side's words.
 */
export async function testOrigin(
  scope: TenantScope,
  { silo: name, origin: input, pattern }: TestOrigin,
): Promise<TestedOrigin> {
  requirePermission(scope, 'collection:manage')
  const silo = name === undefined ? undefined : await inTenant(scope, (tx) => readSilo(tx, scope, name))
  const before = silo && { origin: silo.origin as Origin, hasSecret: silo.secretEnc !== null }
  const { origin, secret } = configureOrigin(scope, input, before)
  const stored = silo && secret === undefined ? openSecret(silo, silo.secretEnc) : undefined
  const opened = openOrigin(origin, {
    tenantSlug: scope.tenantSlug,
    owner: `${scope.tenantId} silo test`,
    secret: secret ?? stored,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const tested: TestedOrigin = { files: [], isWhole: true }
  if (!opened) return tested
  let pages = 0
  try {
    const names = { isTaken: nameMatcher(pattern), reachesBelow: reachesBelow(pattern) }
    for await (const found of opened.find(names)) {
      tested.files.push(...found.map(({ name, bytes }) => ({ name, bytes })))
      if (tested.files.length <= MAX_SHOWN_FILES && ++pages < MAX_PAGES) continue
      tested.isWhole = false
      break
    }
    return { ...tested, files: tested.files.slice(0, MAX_SHOWN_FILES) }
  } finally {
    opened.close()
  }
}
