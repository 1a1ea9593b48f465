import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { findTroubledTenants, findTroubles, type News } from './find-troubles'
import { tellTrouble } from './tell-trouble'

/** Tenants found by one look, and streams of each, which one letter then tells of. */
const MAX_TENANTS = 100
const MAX_STREAMS = 50
/** A tenant whose troubles can't be told is left alone for so long. */
const BROKEN_MS = 60_000

/** Tenants left alone, and until when (`performance.now()`). */
const broken = new Map<string, number>()

/** Streams that were warned of, switched off, and told to be well again. */
export type TroubleCounts = { warned: number; disabled: number; recovered: number }

async function tellOfTenant(tenantId: string, isOver: () => boolean): Promise<News[]> {
  const told: News[] = []
  try {
    for (const trouble of await findTroubles(tenantId, MAX_STREAMS)) {
      if (isOver()) break
      if (await tellTrouble(tenantId, trouble)) told.push(trouble.news)
    }
  } catch (error) {
    if (isAwayForAll(error)) throw error
    reportError(error, newReference())
    broken.set(tenantId, performance.now() + BROKEN_MS)
  }
  return told
}

/**
 * Warns of streams that have been failing for long, switches off what has failed for too long, and tells what
 * recovered: in the tenant's trail, and to whoever manages it. Never twice, however many run.
 */
export async function tellTroubles(isOver: () => boolean): Promise<TroubleCounts> {
  const counts: TroubleCounts = { warned: 0, disabled: 0, recovered: 0 }
  for (const [tenantId, until] of broken) if (until < performance.now()) broken.delete(tenantId)
  const find = () => findTroubledTenants(MAX_TENANTS, [...broken.keys()])
  for (let tenants = await find(); tenants.length > 0 && !isOver(); tenants = await find()) {
    let isStuck = true
    for (const tenantId of tenants) {
      if (isOver()) break
      for (const news of await tellOfTenant(tenantId, isOver)) {
        isStuck = false
        if (news === 'failing') counts.warned++
        else if (news === 'recovered') counts.recovered++
        else counts.disabled++
      }
    }
    // Another run is telling them, or their streams have just changed.
    if (isStuck) break
  }
  return counts
}
