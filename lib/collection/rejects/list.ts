import { z } from 'zod'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { ListRejects } from './input'
import type { RejectPlace } from './page-end'
import { readRejects, whichRejects } from './read-rejects'
import type { RejectPage } from './reject-view'

const encode = ({ fileId, line }: RejectPlace) => Buffer.from(`${fileId}:${line}`).toString('base64url')

function decode(text: string): RejectPlace {
  const [, fileId, line] =
    /^([0-9a-f-]{36}):(\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (z.uuid().safeParse(fileId).success && fileId && line) return { fileId, line: Number(line) }
  const violations = [{ pointer: '/after', code: 'invalid', detail: 'is not a place in this list' }]
  throw new AppError('invalid', 'The place to go on from is not understood. Begin again without it.', {
    violations,
  })
}

/** Rejected rows, in the order of their files and lines, by pages of some MiB at most. Throws `not_found` for a silo that isn't there. */
export async function listRejects(
  scope: TenantScope,
  { after, limit, ...which }: ListRejects,
): Promise<RejectPage> {
  requirePermission(scope, 'collection:read')
  const place = after === undefined ? undefined : decode(after)
  return inTenant(scope, async (tx) => {
    const where = await whichRejects(tx, scope, which)
    const { rejects, next } = await readRejects(tx, where, place, limit)
    return { rejects, next: next ? encode(next) : null }
  })
}
