import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { silos } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { configureOrigin } from '@/lib/collection/origins/configure-origin'
import { AppError } from '@/lib/errors/app-error'
import type { CreateSilo } from './input'
import { readSilos } from './read-silos'
import { requireLine } from './require-line'
import { siloFacts } from './silo-facts'
import { sealSecret } from './silo-secret'
import type { SiloView } from './silo-view'

/** Lists show all of them, and people have a handful for each kind of log. */
const MAX_SILOS = 200

/**
 * Adds a silo. Throws `invalid` where the fields don't fit together, and `conflict` for a name that is taken, or the
 * 201st silo.
 */
export async function createSilo(scope: TenantScope, input: CreateSilo): Promise<SiloView> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  const id = randomUUID()
  const { origin, secret } = configureOrigin(scope, input.origin)
  const secretEnc = secret ? sealSecret({ tenantId, id }, secret) : null
  return inTenant(scope, async (tx) => {
    await requireLine(tx, tenantId, input.lineId)
    const row = { ...input, origin }
    const [inserted] = await tx
      .insert(silos)
      .values({ ...row, tenantId, id, secretEnc })
      .onConflictDoNothing()
      .returning({ id: silos.id })
    if (!inserted) throw nameTaken(input.name)
    await recordEvent(tx, scope, 'SILO_CREATED', {
      message: `Silo ${input.name} was added`,
      targets: [{ type: 'silo', name: input.name, id }],
      data: siloFacts(row),
    })
    // After our own event nobody else adds one until the commit: the trail's counter is ours.
    const present = and(eq(silos.tenantId, tenantId), isNull(silos.removedAt))
    if ((await tx.$count(silos, present)) > MAX_SILOS)
      throw new AppError(
        'conflict',
        `A workspace has at most ${MAX_SILOS} silos. Remove one that is not used any more.`,
      )
    const [view] = await readSilos(tx, scope, { id })
    if (!view) throw new Error('A silo that was just inserted is not there.')
    return view
  })
}

function nameTaken(name: string): AppError {
  const detail = `There is a silo ${name} already. Choose another name.`
  return new AppError('conflict', detail, { violations: [{ pointer: '/name', code: 'taken', detail }] })
}
