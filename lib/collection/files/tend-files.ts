import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { UNREPEATABLE_CODES } from '@/lib/collection/rejects/unrepeatable'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { dropFile, dropNextPieces } from './drop-file'

/** The longest transfer that is waited for: 20 GiB in a day are 250 kB/s. */
const MAX_ARRIVAL_HOURS = 24
const FILES_A_LOOK = 100

export type TendedFiles = {
  /** Files whose content was forgotten, `keepDays` after they were collected. */
  forgotten: number
  /** Files that never arrived wholly, and what was left of removed ones. */
  dropped: number
}

type Found = { tenantId: string; id: string }

async function find(condition: SQL): Promise<Found[]> {
  const rows = await database('collect').execute<{ tenant_id: string; id: string }>(sql`
    select f.tenant_id, f.id from silo_files f join silos s on s.tenant_id = f.tenant_id and s.id = f.silo_id
    where ${condition} limit ${FILES_A_LOOK}`)
  return rows.map(({ tenant_id: tenantId, id }) => ({ tenantId, id }))
}

const UNFINISHED = sql`f.state = 'receiving' and f.received_at < now() - make_interval(hours => ${MAX_ARRIVAL_HOURS})`
/** Rows of it that can only be collected with their file: whoever mends its reading still needs the content. */
const NEEDS_CONTENT = sql`exists (select from collection_rejects j where j.tenant_id = f.tenant_id
  and j.silo_id = f.silo_id and j.file_id = f.id and j.state = 'open'
  and j.code in (${sql.join(
    UNREPEATABLE_CODES.map((code) => sql`${code}`),
    sql`, `,
  )}))`
const EXPIRED = sql`f.state = 'collected' and f.forgotten_at is null
  and f.collected_at < now() - make_interval(days => s.keep_days) and not ${NEEDS_CONTENT}`

/**
 * Forgets the content of files that were collected long ago and that no open reject needs any more, and deletes what
 * never arrived wholly, in all workspaces, until nothing is left, the budget is used up or the signal aborts. Safe to run
 * in several processes at once, and to be killed at any time.
 */
export async function tendFiles(options: { budgetMs: number; signal?: AbortSignal }): Promise<TendedFiles> {
  const deadline = performance.now() + options.budgetMs
  const isOver = () => options.signal?.aborted === true || performance.now() > deadline
  const tended: TendedFiles = { forgotten: 0, dropped: 0 }
  const work = async (condition: SQL, tend: (scope: TenantScope, id: string) => Promise<boolean>) => {
    let count = 0
    for (const { tenantId, id } of await find(condition)) {
      if (isOver()) break
      try {
        if (await tend(await scopeForSystem(tenantId, 'SCHEDULER'), id)) count++
      } catch (error) {
        if (isAwayForAll(error)) throw error
        reportError(error, newReference())
      }
    }
    return count
  }
  tended.dropped = await work(UNFINISHED, (scope, id) => dropFile(scope, id, isOver))
  tended.forgotten = await work(EXPIRED, (scope, id) => forgetContent(scope, id, isOver))
  return tended
}

/** Whether the content is all gone. Each step asks again, as somebody may want the file collected again meanwhile. */
async function forgetContent(scope: TenantScope, id: string, isOver: () => boolean): Promise<boolean> {
  const { tenantId } = scope
  const f = siloFiles
  const step = () =>
    inTenant(scope, async (tx) => {
      const isIt = and(
        eq(f.tenantId, tenantId),
        eq(f.id, id),
        eq(f.state, 'collected'),
        isNull(f.forgottenAt),
      )
      const [file] = await tx.select({ id: f.id }).from(f).where(isIt).for('update')
      if (!file) return 'other'
      if (await dropNextPieces(tx, { tenantId, fileId: id })) return 'more'
      await tx.update(f).set({ forgottenAt: sql`now()` }).where(isIt)
      return 'done'
    })
  while (!isOver()) {
    const outcome = await step()
    if (outcome !== 'more') return outcome === 'done'
  }
  return false
}
