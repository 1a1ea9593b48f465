import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { logSettings, logs } from '@/db/schema/logs'
import { tenants } from '@/db/schema/tenants'
import { readSession } from '@/lib/auth/read-session'
import { AppError } from '@/lib/errors/app-error'
import { clientOf } from '@/lib/http/peer-address'
import { grantScope } from './grant-scope'
import { ANCHOR_TENANT_ID } from './instance-tenant'
import type { TenantScope } from './scope'
import { scopeForMember } from './scope-for-member'
import { scopeForToken } from './scope-for-token'

/** One name of a trail's log, and who reads it. */
export type LogAccess = {
  scope: TenantScope
  epoch: number
  /** Anybody may read this part. */
  isPublic: boolean
}

type FoundLog = { tenantId: string; slug: string; name: string; epoch: number; isPublic: boolean }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The scope in which a part of a log is read, by the log's id: anybody where it is public, else a token of its
 * tenant or a member's session. Throws `unauthenticated`, or `not_found` in the same words whether the log is
 * somebody else's or doesn't exist.
 */
export async function scopeForLog(
  headers: Headers,
  logId: string,
  part: 'checkpoint' | 'tree',
): Promise<LogAccess> {
  const found = await findLog(logId)
  const isAnchorLog = found?.tenantId === ANCHOR_TENANT_ID
  if (found && (isAnchorLog || (part === 'checkpoint' && found.isPublic)))
    return { scope: anybody(found, headers), epoch: found.epoch, isPublic: true }
  const scope = headers.has('authorization')
    ? await scopeForToken(headers)
    : await scopeForSession(headers, found)
  if (!found || scope.tenantId !== found.tenantId) throw unknownLog()
  return { scope, epoch: found.epoch, isPublic: false }
}

async function findLog(logId: string): Promise<FoundLog | undefined> {
  if (!UUID.test(logId)) return undefined
  const [found] = await database('auth')
    .select({
      tenantId: logs.tenantId,
      slug: tenants.slug,
      name: tenants.name,
      epoch: logs.epoch,
      isPublic: logSettings.checkpointPublic,
    })
    .from(logs)
    .innerJoin(tenants, eq(tenants.id, logs.tenantId))
    .leftJoin(logSettings, eq(logSettings.tenantId, logs.tenantId))
    .where(eq(logs.logId, logId))
  return found && { ...found, isPublic: found.isPublic === true }
}

async function scopeForSession(headers: Headers, log: FoundLog | undefined): Promise<TenantScope> {
  const session = await readSession(headers)
  if (!session) {
    const message = 'Send an API token, "Authorization: Bearer spoor_…", or sign in.'
    throw new AppError('unauthenticated', message)
  }
  if (!log) throw unknownLog()
  try {
    return await scopeForMember(session, log.slug, clientOf(headers))
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') throw unknownLog()
    throw error
  }
}

/** May read what was signed, which is all that reading a log shows; and nothing else of the tenant. */
function anybody({ tenantId, slug, name }: FoundLog, headers: Headers): TenantScope {
  return grantScope({
    tenantId,
    tenantSlug: slug,
    tenantName: name,
    principal: { kind: 'system', id: 'anybody', login: 'anybody' },
    permissions: [],
    surface: 'API',
    client: clientOf(headers),
  })
}

const unknownLog = () => new AppError('not_found', 'There is no such log.')
