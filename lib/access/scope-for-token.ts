import { and, eq, isNull, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { tenants } from '@/db/schema/tenants'
import { tokens } from '@/db/schema/tokens'
import { AppError } from '@/lib/errors/app-error'
import { clientOf } from '@/lib/http/peer-address'
import { sha256 } from '@/lib/integrity/sha256'
import { isTokenSecret } from '@/lib/tokens/token-secret'
import { grantScope } from './grant-scope'
import { PERMISSIONS, type Permission, type TenantScope } from './scope'
import { type KnownToken, loadToken, recallToken } from './token-cache'

/** A token's scope, with the key that ids of events with an identity of their own are derived from. */
export type TokenContext = { scope: TenantScope; idKey: Uint8Array }

/** More often than that, "last used" isn't written. */
const LAST_USED_STEP = sql`interval '1 minute'`

/** The scope of an API request by its `Authorization: Bearer spoor_…`. Throws `unauthenticated`. */
export async function scopeForToken(headers: Headers): Promise<TenantScope> {
  return (await tokenContext(headers)).scope
}

/**
 * Like `scopeForToken`, for the way in of events. Answers without a promise while the token is remembered (one
 * second): a token that sends thousands of requests a second costs one query a second.
 */
export function tokenContext(headers: Headers): TokenContext | Promise<TokenContext> {
  const secret = readBearer(headers)
  const hash = sha256(Buffer.from(secret), 'latin1')
  const known = recallToken(hash)
  if (known !== undefined) return toContext(known, headers)
  return loadToken(hash, () => findToken(secret, hash)).then((token) => toContext(token, headers))
}

function readBearer(headers: Headers): string {
  const value = headers.get('authorization')
  if (!value) throw unauthenticated('Send an API token: "Authorization: Bearer spoor_…".')
  if (value.slice(0, 7).toLowerCase() !== 'bearer ') {
    throw unauthenticated('The Authorization header must be "Bearer", a space, and an API token.')
  }
  return value.slice(7).trim()
}

function toContext(token: KnownToken | null, headers: Headers): TokenContext {
  if (!token || token.expiresAtMs <= Date.now()) {
    throw unauthenticated(
      'This API token is unknown, revoked or expired. Create another one in Settings, Tokens.',
    )
  }
  const scope = grantScope({
    tenantId: token.tenant.id,
    tenantSlug: token.tenant.slug,
    tenantName: token.tenant.name,
    principal: { kind: 'token', id: token.id, login: token.name },
    permissions: token.permissions,
    surface: 'API',
    client: clientOf(headers),
  })
  return { scope, idKey: token.tenant.idKey }
}

async function findToken(secret: string, hash: string): Promise<KnownToken | null> {
  if (!isTokenSecret(secret)) return null
  const [found] = await database('auth')
    .select({
      id: tokens.id,
      name: tokens.name,
      scopes: tokens.scopes,
      expiresAt: tokens.expiresAt,
      tenant: { id: tenants.id, slug: tenants.slug, name: tenants.name, idKey: tenants.idKey },
    })
    .from(tokens)
    .innerJoin(tenants, eq(tenants.id, tokens.tenantId))
    .where(and(eq(tokens.secretHash, Buffer.from(hash, 'latin1')), isNull(tokens.revokedAt)))
  if (!found) return null
  noteUse(found.tenant.id, found.id)
  return {
    id: found.id,
    name: found.name,
    permissions: PERMISSIONS.filter((permission: Permission) => found.scopes.includes(permission)),
    expiresAtMs: found.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    tenant: found.tenant,
  }
}

/** Beside the request, which neither waits for it nor fails by it: the next use writes what this one couldn't. */
function noteUse(tenantId: string, id: string): void {
  const isOld = sql`(${tokens.lastUsedAt} is null or ${tokens.lastUsedAt} < now() - ${LAST_USED_STEP})`
  database('auth')
    .update(tokens)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(tokens.tenantId, tenantId), eq(tokens.id, id), isOld))
    .catch(() => {})
}

function unauthenticated(message: string): AppError {
  return new AppError('unauthenticated', message)
}
