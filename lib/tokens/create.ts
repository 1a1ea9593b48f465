import { randomUUID } from 'node:crypto'
import { tokens } from '@/db/schema/tokens'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import type { CreateToken } from './input'
import type { TokenScope } from './token-scopes'
import { hashTokenSecret, newTokenSecret, shownPartOf } from './token-secret'

/** A token right after its making: the only time that its secret is known. */
export type NewToken = {
  secret: string
  id: string
  name: string
  scopes: TokenScope[]
  expiresAt: Date | null
}

/** Makes an API token of the workspace. The secret is in the answer and nowhere else. */
export async function createToken(scope: TenantScope, input: CreateToken): Promise<NewToken> {
  requirePermission(scope, 'tokens:manage')
  const secret = newTokenSecret()
  const token = {
    id: randomUUID(),
    name: input.name,
    scopes: input.scopes,
    expiresAt: input.expiresAt ?? null,
  }
  await inTenant(scope, async (tx) => {
    await tx.insert(tokens).values({
      ...token,
      tenantId: scope.tenantId,
      prefix: shownPartOf(secret),
      secretHash: hashTokenSecret(secret),
      createdBy: scope.principal.kind === 'user' ? scope.principal.id : null,
    })
    await recordEvent(tx, scope, 'API_TOKEN_ADDED', {
      message: `API token ${input.name} was created`,
      targets: [{ type: 'token', name: input.name, id: token.id }],
      data: { scopes: input.scopes, expiresAt: token.expiresAt?.toISOString() ?? null },
    })
  })
  return { secret, ...token }
}
