import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { erasures } from '@/db/schema/retention'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { eraseNextChunk } from './erase-next-chunk'

/** Between two chunks others get the trail's locks and the disk. */
const PAUSE_MS = 10
/** A trail whose erasure fails is tried again after so long. */
const BROKEN_MS = 60_000

/** Trails left alone, and until when (`performance.now()`). */
const broken = new Map<string, number>()

/** `chunks` counts transactions in which something was looked at. */
export type ErasureCounts = { chunks: number }

async function workOrReport(tenantId: string): Promise<boolean> {
  try {
    return await eraseNextChunk(await scopeForSystem(tenantId, 'SCHEDULER'))
  } catch (error) {
    if (isAwayForAll(error)) throw error
    reportError(error, newReference())
    broken.set(tenantId, performance.now() + BROKEN_MS)
    return false
  }
}

/**
 * Works off running erasures, a chunk of each trail in turn, until nothing is left that can go on, the budget is used
 * up or the signal aborts. Safe to run in several processes at once, and to be killed at any time.
 */
export async function workErasures(options: {
  budgetMs: number
  signal?: AbortSignal
}): Promise<ErasureCounts> {
  const deadline = performance.now() + options.budgetMs
  const isOver = () => options.signal?.aborted || performance.now() > deadline
  for (const [tenantId, until] of broken) if (until < performance.now()) broken.delete(tenantId)
  const found = await database('retain')
    .selectDistinct({ tenantId: erasures.tenantId })
    .from(erasures)
    .where(eq(erasures.state, 'running'))
  let open = found.map(({ tenantId }) => tenantId).filter((tenantId) => !broken.has(tenantId))
  let chunks = 0
  while (open.length > 0 && !isOver()) {
    const goOn: string[] = []
    for (const tenantId of open) {
      if (isOver()) break
      if (!(await workOrReport(tenantId))) continue
      chunks++
      goOn.push(tenantId)
      await sleep(PAUSE_MS)
    }
    open = goOn
  }
  return { chunks }
}
